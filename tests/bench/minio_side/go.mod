module minio_side

go 1.23

require github.com/minio/pkg/v3 v3.1.3
