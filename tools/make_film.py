#!/usr/bin/env python3
"""Make a film of pictures that a browser took one after another (tests/server/browser/frames.mjs).

usage: make_film.py FOLDER OUTPUT.webp    an animation that repeats, as documents show it (img2webp)
       make_film.py FOLDER OUTPUT.webm    a video in VP9 (ffmpeg)

FOLDER/frames.json names the pictures and how many milliseconds each is shown.
"""

import json
import pathlib
import subprocess
import sys

FRAMES_PER_SECOND = 15


def animation(folder, frames, output):
    command = ["img2webp", "-loop", "0", "-kmax", "0", "-mixed", "-q", "80", "-m", "5"]
    for frame in frames:
        command += ["-d", str(frame["ms"]), folder / frame["file"]]
    subprocess.run([*command, "-o", output], check=True, stdout=subprocess.DEVNULL)


def video(folder, frames, output):
    # The demuxer ignores how long the last picture is shown, so that one is there twice.
    rows = ["file '%s'\nduration %.3f\n" % (f["file"], f["ms"] / 1000) for f in frames]
    listing = folder / "frames.txt"
    last = "file '%s'\n" % frames[-1]["file"]
    listing.write_text("".join(["ffconcat version 1.0\n", *rows, last]), encoding="utf-8")
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "concat", "-i", listing]
    command += ["-vf", "fps=%d" % FRAMES_PER_SECOND, "-pix_fmt", "yuv420p"]
    command += ["-c:v", "libvpx-vp9", "-crf", "36", "-b:v", "0", "-g", "300", "-row-mt", "1"]
    command += ["-deadline", "good", "-cpu-used", "3", "-an", "-map_metadata", "-1"]
    subprocess.run([*command, "-fflags", "+bitexact", output], check=True)


def main():
    folder, output = (pathlib.Path(argument) for argument in sys.argv[1:])
    frames = json.loads((folder / "frames.json").read_text(encoding="utf-8"))
    (animation if output.suffix == ".webp" else video)(folder, frames, output)
    print(
        "%s: %.0f s, %.2f MB"
        % (output, sum(f["ms"] for f in frames) / 1000, output.stat().st_size / 1e6)
    )


if __name__ == "__main__":
    main()
