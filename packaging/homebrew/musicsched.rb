# A formula that builds the checkout in which it is. If you copy it into a tap, set
# MUSICSCHED_SOURCE to the checkout. For a release, set `url` and `sha256` of its tarball.
class Musicsched < Formula
  desc "Schedules to-dos and music to the second, and analyzes what makes songs popular"
  license all_of: ["MIT", "Unicode-3.0"]
  head "file://#{ENV.fetch("MUSICSCHED_SOURCE", File.expand_path("../..", __dir__))}",
       using: :git, branch: "main"

  depends_on "meson" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "expat"
  depends_on "icu4c@78"
  depends_on "jansson"
  depends_on "libcsv"
  depends_on "libical"

  uses_from_macos "python" => :build
  uses_from_macos "zlib"

  def install
    parts = %w[tests bench server swig_r swig_java swig_lua swig_ruby]
    args = parts.map { |part| "-D#{part}=disabled" }
    system "meson", "setup", "build", *args, *std_meson_args
    system "meson", "compile", "-C", "build", "--verbose"
    system "meson", "install", "-C", "build"
  end

  test do
    (testpath/"day.txt").write <<~DAY
      date: 2026-11-24
      9-17 Work
      Gym 1h after 17:00
      fill: 20m
    DAY
    songs = share/"musicsched/sample_songs.csv"
    day = shell_output("#{bin}/musicsched plan day.txt --catalog #{songs}")
    assert_match(/17:05:00-18:05:00 +Gym/, day)
  end
end
