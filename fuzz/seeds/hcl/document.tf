locals {
  bucket = "logs"
  reads  = ["s3:GetObject", "s3:${upper("l")}istBucket"]
}

variable "deny" {
  default = true
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Base"
    actions   = concat(local.reads, var.more)
    resources = ["arn:aws:s3:::${local.bucket}/&{aws:username}", aws_s3_bucket.x.arn]
  }
}

data "aws_iam_policy_document" "x" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  dynamic "statement" {
    for_each = { for k, v in { a = 1, b = 2 } : k => v if var.deny }
    content {
      effect    = var.deny ? "Deny" : "Allow"
      actions   = ["s3:*"]
      resources = ["*"]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:x"
        values   = [statement.key]
      }
    }
  }
}
