resource "aws_iam_role" "ci" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for s in ["ec2", "lambda"] : {
      Effect    = "Allow", Action = "sts:AssumeRole"
      Principal = { Service = "${s}.amazonaws.com" }
    }]
  })
  inline_policy {
    policy = <<-EOF
      {"Statement": [%{ for a in ["s3", "sqs"] ~}
        {"Effect": "Allow", "Action": "${a}:*", "Resource": "${aws_x.y.arn}"},
      %{ endfor ~}
      {"Effect": "Deny", "Action": "*", "Resource": "*"}]}
    EOF
  }
  /* x */ other = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}" # y
}
