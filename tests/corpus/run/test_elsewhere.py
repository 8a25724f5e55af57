"""Remote work and files, with real servers: a Dask cluster that loses a worker, an S3 server, ZIP files and the web."""

import functools
import http.server
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from support.own_recognizer import HELD
from support.paths import SAMPLES, TESTS

import thaita
from thaita.cli.main import cli
from thaita.corpus.discover import ArchiveError
from thaita.corpus.discover import find_files as find
from thaita.corpus.run import dask_pool as cluster_module
from thaita.corpus.run.dask_pool import ClusterError, ClusterPool
from thaita.corpus.run.limits import LIMITS
from thaita.corpus.run.task import Job
from thaita.extract.options import DEFAULT
from thaita.out.tables.packed_rows import pack

NAMES = ("01_pakkhwae.txt", "02_banklang.txt", "word/03_nayongnuea.pdf")


def archive(folder: Path) -> Path:
    """Write samples in several formats, and a file of another format."""
    (folder / "0").mkdir(parents=True)
    for name in NAMES:
        (folder / "0" / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "notes.ppt").write_text("a,b\n")
    return folder


def extract(*arguments: object) -> None:
    """Run the command in this process."""
    done = CliRunner().invoke(cli, ["extract", "--workers", "1", *map(str, arguments)])
    assert done.exit_code == 0, done.output


def extract_in_its_own_process(*arguments: object, cache: Path) -> None:
    """Run the command with its own empty store, and with the recognizers of the tests."""
    line = [sys.executable, "-m", "thaita", "extract", "--workers", "1", *map(str, arguments)]
    environment = {**os.environ, "THAITA_CACHE": str(cache), "PYTHONPATH": str(TESTS)}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def own_store(tmp_path, monkeypatch):
    """Let a test read its files itself, whatever other tests have read."""
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path / "cache"))


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# -- a cluster ----------------------------------------------------------------------------------


@pytest.fixture(scope="class")
def gate(tmp_path_factory):
    """Return the file that lets workers of the cluster wait while it exists."""
    return tmp_path_factory.mktemp("gate") / "gate"


@pytest.fixture(scope="class")
def cluster(gate):
    distributed = pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAITA_TEST_GATE", str(gate))
        patch.setenv("PYTHONPATH", str(TESTS))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as running:
            yield running


@pytest.mark.long
class TestCluster:
    """A cluster runs for these tests only: its processes use processor time even when they wait."""

    def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(self, cluster, gate, tmp_path):
        folder, held = archive(tmp_path / "archive"), Path(f"{gate}.held")
        Image.new("L", (800, 1100), 255).save(folder / "0" / "00.png", dpi=(100, 100))
        own = ("--ocr", HELD)
        extract_in_its_own_process(folder, "-o", tmp_path / "here", *own, cache=tmp_path / "cache1")
        gate.touch()
        line = ("--cluster", cluster.scheduler_address)
        running = threading.Thread(
            target=extract_in_its_own_process,
            args=(folder, "-o", tmp_path / "there", *own, *line),
            kwargs={"cache": tmp_path / "cache2"},
        )
        running.start()
        while running.is_alive() and not (held.exists() and held.read_text()):
            time.sleep(0.1)
        assert running.is_alive()
        worker = int(held.read_text())
        assert worker in {one.pid for one in cluster.workers.values()}
        os.kill(worker, signal.SIGKILL)
        gate.unlink()  # the other worker does not wait
        running.join(timeout=600)
        assert files(tmp_path / "there") == files(tmp_path / "here")

    def test_cluster_workers_with_another_version_are_rejected(self, cluster, monkeypatch):
        monkeypatch.setattr(cluster_module, "program", lambda: "another")
        tasks = [(0, SAMPLES / "01_pakkhwae.txt", None)]
        with (
            ClusterPool(cluster.scheduler_address, LIMITS) as pool,
            pytest.raises(ClusterError, match="version"),
        ):
            list(pool.results(Job(DEFAULT, pack), tasks))


def test_a_missing_cluster_is_reported_in_one_message(monkeypatch):
    monkeypatch.setattr(cluster_module, "_TIMEOUT", 1)
    with pytest.raises(ClusterError, match="is it running"), ClusterPool("tcp://127.0.0.1:9", LIMITS):
        pass


# -- URLs ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def s3():
    """An S3 server on loopback, as the environment of a process, and its bucket."""
    server_module = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    access = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client(
        "s3",
        endpoint_url=access["AWS_ENDPOINT_URL"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="bucket")
    yield access, client
    server.stop()


def objects(client, prefix: str) -> dict[str, bytes]:
    listed = client.list_objects_v2(Bucket="bucket", Prefix=prefix).get("Contents", [])
    return {
        one["Key"].removeprefix(prefix): client.get_object(Bucket="bucket", Key=one["Key"])["Body"].read()
        for one in listed
    }


@pytest.mark.long
def test_an_archive_and_a_dataset_on_s3(s3, tmp_path, monkeypatch):
    access, client = s3
    for name, value in access.items():
        monkeypatch.setenv(name, value)
    folder = archive(tmp_path / "archive")
    for name, data in files(folder).items():
        client.put_object(Bucket="bucket", Key=f"in/{name}", Body=data)
    forms = ("--format", "parquet-by-year")
    extract(folder, "-o", tmp_path / "here", *forms)
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path / "cache"))
    extract("s3://bucket/in", "-o", "s3://bucket/out", *forms)
    assert objects(client, "out/") == files(tmp_path / "here")
    client.put_object(Bucket="bucket", Key="in/0/new.txt", Body=(SAMPLES / "05_nongbuakhok.txt").read_bytes())
    extract("s3://bucket/in", "-o", "s3://bucket/out")  # replaces the older one
    assert not [name for name in objects(client, "out/") if name.startswith("parquet/")]
    assert len(thaita.load("s3://bucket/out")["reports"]) == len(NAMES) + 1
    assert [one.report.source for one in thaita.readings("s3://bucket/out")][-1] == "0/new.txt"
    with pytest.raises(ArchiveError, match="is a dataset"):
        find("s3://bucket/out")


def test_files_on_s3_that_are_not_a_dataset_are_never_replaced(s3):
    access, client = s3
    client.put_object(Bucket="bucket", Key="mine/letter.txt", Body=b"dear")
    line = [sys.executable, "-m", "thaita", "extract", SAMPLES / "01_pakkhwae.txt", "-o", "s3://bucket/mine"]
    environment = {**os.environ, **access}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=600)
    assert (done.returncode, "letter.txt" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert objects(client, "mine/") == {"letter.txt": b"dear"}


@pytest.mark.usefixtures("own_store")
def test_a_zip_file_is_an_archive(tmp_path):
    folder = archive(tmp_path / "archive")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for name, data in files(folder).items():
            packed.writestr(name, data)
        packed.writestr("../../up.txt", (SAMPLES / "01_pakkhwae.txt").read_bytes() + b"up")
    url = f"zip://{tmp_path / 'a.zip'}"
    extract(url, "-o", tmp_path / "d")
    sources = thaita.load(tmp_path / "d")["reports"]["source"].tolist()
    assert len(sources) == len(NAMES) + 1
    assert {name for name in files(tmp_path) if "up.txt" in name} == set()


def test_an_archive_on_the_web(tmp_path, monkeypatch):
    folder = archive(tmp_path / "archive")
    extract(folder, "-o", tmp_path / "here")
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path / "cache"))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        extract(url, "-o", tmp_path / "d")
        extract(f"{url}0/01_pakkhwae.txt", "-o", tmp_path / "one")
        server.shutdown()
    assert files(tmp_path / "d") == files(tmp_path / "here")
    assert thaita.load(tmp_path / "one")["reports"]["source"].tolist() == ["01_pakkhwae.txt"]


@pytest.mark.parametrize("url", ["nosuch://a/b", "s3://", "zip:///none.zip", "http://127.0.0.1:9/"])
def test_a_url_that_cannot_be_listed_is_reported_in_one_message(url, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ArchiveError, match="cannot list"):
        find(url)


def test_a_rewritten_zip_file_is_listed_again(tmp_path):
    for name in ("a.txt", "b.txt"):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
            packed.writestr(name, "x")
        assert [one.source for one in find(f"zip://{tmp_path / 'a.zip'}")] == [name]
