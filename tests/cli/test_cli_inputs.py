"""Songs through standard input and named pipes: any kind of file, and nothing stays behind."""

import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import threading
import time

import cli

TABLE = "track_name,track_artist,track_popularity,duration_ms\nOne,Ida,50,200000\n"
TEXTS = {
    "songs.jsonl": '{"title": "One", "artist": "Ida", "popularity": 3}\n'
    '{"title": "Two", "artist": "Orson", "popularity": 5}\n',
    "list.m3u8": "#EXTM3U\n#EXTINF:200,Ida - One\na.mp3\n",
    "history.csv": "ts,ms_played,master_metadata_track_name,"
    "master_metadata_album_artist_name\n2026-11-21T12:00:00Z,3000,One,Ida\n",
    "table.csv": TABLE,
}


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


class Inputs(cli.CliTest):
    def pipes(self, folder, texts):
        """Named pipes into which threads write the texts."""
        paths = []
        for number, (name, text) in enumerate(texts.items()):
            path = pathlib.Path(folder, str(number), name)
            path.parent.mkdir()
            os.mkfifo(path)
            threading.Thread(target=path.write_text, args=(text,), daemon=True).start()
            paths.append(path)
        return paths

    def titles(self, *paths, **options):
        return sorted(song["title"] for song in self.good_json("top", *paths, **options)["songs"])

    def test_named_pipes_are_read_as_files_are(self):
        for name, text in TEXTS.items():
            with self.subTest(name=name), tempfile.TemporaryDirectory() as folder:
                kept = pathlib.Path(folder, "kept")
                kept.mkdir()
                file = pathlib.Path(folder, name)
                file.write_text(text)
                wanted = self.good_json("top", file)["songs"]
                pipes = self.pipes(folder, {name: text})
                got = self.good_json("top", *pipes, environment={"TMPDIR": str(kept)})["songs"]
                self.assertEqual(got, wanted)
                self.assertEqual(list(kept.iterdir()), [])

    def test_several_pipes_and_standard_input(self):
        with tempfile.TemporaryDirectory() as folder:
            pipes = self.pipes(folder, {"a": TEXTS["list.m3u8"], "b": TEXTS["songs.jsonl"]})
            got = self.titles(*pipes, "-", stdin=TABLE.replace("One", "Three"))
        self.assertEqual(set(got), {"One", "Two", "Three"})

    def test_a_message_names_the_pipe(self):
        with tempfile.TemporaryDirectory() as folder:
            (pipe,) = self.pipes(folder, {"songs": '[{"title": 3'})
            message = self.bad(1, "top", pipe)
        self.assertTrue(message.startswith(f"{pipe}: not valid JSON"), message)

    def test_a_signal_leaves_no_file(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with tempfile.TemporaryDirectory() as folder:
                program = subprocess.Popen(
                    [cli.PROGRAM, "top", "-"],
                    stdin=subprocess.PIPE,
                    env={**os.environ, "TMPDIR": folder},
                )
                deadline = time.monotonic() + 60
                while not os.listdir(folder) and time.monotonic() < deadline:
                    time.sleep(0.01)
                self.assertEqual(len(os.listdir(folder)), 1)
                time.sleep(0.1)  # until it reads
                program.send_signal(number)
                self.assertEqual(program.wait(60), -number)
                program.stdin.close()
                self.assertEqual(os.listdir(folder), [])

    def test_a_full_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [cli.PROGRAM, "top", "-"],
                input=json.dumps([{"title": "x" * 99}] * 5000).encode(),
                capture_output=True,
                check=False,
                env={**os.environ, "TMPDIR": folder},
                preexec_fn=limit_files,
                restore_signals=False,  # SIGXFSZ stays ignored
            )
            left = os.listdir(folder)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"<stdin>: cannot be kept in {folder} (", message)
        self.assertIn("name a file instead, or set TMPDIR to a folder with room", message)
        self.assertEqual(left, [])

    def test_an_agenda_shows_when_a_to_do_is_due(self):
        todo = "BEGIN:VTODO\nUID:{0}\nSUMMARY:{0}\nDURATION:PT1H\n{1}\nEND:VTODO\n"
        text = (
            "BEGIN:VCALENDAR\nVERSION:2.0\n"
            + todo.format("Pay", "DUE;VALUE=DATE:20261231")
            + todo.format("Call", "DTSTART:20261231T093000\nDUE:20270101T170000")
            + "END:VCALENDAR\n"
        )
        lines = self.good("agenda", "-", "--date", "2026-12-31", stdin=text).split("\n")
        self.assertIn("  Pay  60 min  by 2026-12-31", lines)
        self.assertIn("  Call  60 min  from 09:30  by 2027-01-01 17:00", lines)


if __name__ == "__main__":
    cli.main()
