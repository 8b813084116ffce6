variable "bucket" {
  default = "payroll"
}

locals {
  reads = ["s3:GetObject", "s3:ListBuckets"]
}

data "aws_iam_policy_document" "ci" {
  statement {
    sid       = "Read"
    actions   = concat(local.reads, var.more_actions)
    resources = ["arn:aws:s3:::${var.bucket}/&{aws:username}/*", aws_s3_bucket.logs.arn]
  }

  statement {
    sid       = "Deploy"
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.queues
    content {
      actions   = ["sqs:*"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "ci" {
  policy = data.aws_iam_policy_document.ci.json
}

resource "aws_s3_bucket_policy" "logs" {
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "${aws_s3_bucket.logs.arn}/*"
      }]
    }
  EOF
}

resource "aws_sqs_queue_policy" "jobs" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Alow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
    }]
  })
}
