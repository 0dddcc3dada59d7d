# frozen_string_literal: true

# Songs, what makes them popular, and exact listening schedules: libmusicsched for Ruby.
module Musicsched
  # What the library refused: code is the name of the C result code, line and column are 1-based, 0
  # where they do not apply.
  class Error < StandardError
    attr_reader :code, :line, :column

    def initialize(message = nil, code = "MSCHED_ERROR_ARGUMENT", line = 0, column = 0)
      super(message)
      @code = code
      @line = line
      @column = column
    end
  end
end

require "json"
require "musicsched/native"

module Musicsched
  # Rows of a result: Hashes by column name (Symbols), nil where a value is not known.
  class Table
    include Enumerable

    # Names of the columns, in order.
    attr_reader :columns
    # Number of rows.
    attr_reader :size
    alias length size

    def initialize(raw, flags: []) # :nodoc:
      @size = raw.rows
      indices = (0...raw.columns)
      @columns = indices.map { |index| raw.name(index).to_sym }.freeze
      @values =
        indices.map { |index| raw.is_text(index).zero? ? raw.numbers(index) : raw.texts(index) }
      flags.each do |name|
        at = @columns.index(name)
        @values[at] = @values[at].map { |value| value && value != 0 } if at
      end
    end

    def each
      return enum_for(:each) { size } unless block_given?

      size.times { |index| yield self[index] }
      self
    end

    # Row `index` as a Hash; counts from the end where it is negative; nil out of range.
    def [](index)
      index += size if index.negative?
      return nil unless index.between?(0, size - 1)

      @columns.each_with_index.to_h { |name, column| [name, @values[column][index]] }
    end

    # The values of a column.
    def column(name)
      @values[@columns.index(name.to_sym) || raise(KeyError, "there is no column #{name}")].dup
    end

    # Arrays by column name.
    def to_columns
      @columns.zip(@values).to_h.transform_values(&:dup)
    end

    def empty?
      size.zero?
    end

    # A JSON array of one object for each row.
    def to_json(*arguments)
      to_a.to_json(*arguments)
    end

    # The rows as text, a line each with a tab between the columns; the names of the columns come
    # first.
    def to_s
      [@columns, *@values.transpose].map { |row| row.join("\t") }.join("\n")
    end

    def inspect
      "#<Musicsched::Table #{size} rows: #{columns.join(", ")}>"
    end
  end

  # Something that holds memory of the library until it is closed or collected.
  class Handle
    def initialize(raw) # :nodoc:
      @raw = raw
    end

    # Give the memory back now; use afterwards is an error.
    def close
      @raw.close
      nil
    end

    def closed?
      @raw.is_open.zero?
    end

    def inspect
      "#<#{self.class}#{" closed" if closed?}>"
    end
    alias to_s inspect

    # The native object of an argument, or nil for nil.
    def self.raw_of(name, object, type) # :nodoc:
      return nil if object.nil?
      raise TypeError, "#{name}: a #{type} is needed" unless object.is_a?(type)

      object.instance_variable_get(:@raw)
    end
    private_class_method :new

    # :nodoc:
    def self.wrap(raw)
      new(raw)
    end
  end

  # Songs, immutable once loaded; may be shared by threads.
  class Catalog < Handle
    INFO = %i[entries tracks recordings artists albums playlists genres subgenres rows_skipped
              memory_bytes].freeze
    private_constant :INFO

    # Load a songs file, or an Array of them as one catalog; strict: refuse what would have to be
    # assumed; default_duration_ms: of songs of unknown length; columns: { track_artist: "artists" }
    # are names in its header. An interrupt (Ctrl-C, Thread#raise) stops it. With a block: yields
    # the catalog and closes it.
    def self.read(path, delimiter: "", skip_bad_rows: false, columns: {}, strict: false,
      default_duration_ms: 0, &block)
      paths = (path.is_a?(Array) ? path : [path]).map {
        |one| one.respond_to?(:to_path) ? one.to_path : one }
      opened(Native.read_csv(paths.join("\n"), delimiter, skip_bad_rows ? 1 : 0, named(columns),
        strict ? 1 : 0,
                             default_duration_ms), &block)
    end

    # The same.
    def self.read_csv(path, **options, &block)
      read(path, **options, &block)
    end

    # Load CSV from a String.
    def self.parse_csv(text, delimiter: "", skip_bad_rows: false, columns: {}, strict: false,
      default_duration_ms: 0, &block)
      opened(Native.read_csv_text(text, delimiter, skip_bad_rows ? 1 : 0, named(columns),
        strict ? 1 : 0, default_duration_ms),
             &block)
    end

    def self.named(columns)
      columns.map { |column, header| "#{column}=#{header}" }.join("\n")
    end
    private_class_method :named

    def self.opened(raw)
      Native.tell_collector(raw.info("memory_bytes"))
      catalog = wrap(raw)
      return catalog unless block_given?

      begin
        yield catalog
      ensure
        catalog.close
      end
    end
    private_class_method :opened

    def inspect
      closed? ? super : "#<#{self.class} #{@raw.info("entries")} entries>"
    end
    alias to_s inspect

    # Counts by name.
    def info
      INFO.to_h { |name| [name, @raw.info(name.to_s)] }
    end

    # Build now what the first search and schedule otherwise build.
    def prepare
      @raw.prepare
      self
    end

    def tracks
      Table.new(@raw.tracks)
    end

    def entries
      Table.new(@raw.entries)
    end

    # Bad rows that skip_bad_rows left out: line, column, code, message.
    def skipped
      Table.new(@raw.skipped)
    end

    # How the catalog was read, as text for people.
    def report
      @raw.report
    end

    # The same as JSON.
    def report_json
      @raw.report_json
    end

    # One track with its features and playlists.
    def track_json(track_id)
      @raw.track_json(track_id)
    end

    # The most popular. count: "entries", "tracks" or "recordings"; not given, it is recordings here
    # and tracks in the questions below. Conditions: see README.md.
    def top(limit = 10, count: "default", **where)
      Table.new(@raw.top(limit, count.to_s, filter(**where)))
    end

    # Statistics by "all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month" or
    # "year_month".
    # order: "default", "key", "mean" or "n".
    def groups(by, count: "default", order: "default", min_n: 0, limit: 0, **where)
      Table.new(@raw.groups(by.to_s, count.to_s, order.to_s, min_n, limit, filter(**where)))
    end

    # Statistics by "year", "decade", "month" or "year_month", in order of time.
    def trend(unit = "year", count: "default", **where)
      Table.new(@raw.trend(unit.to_s, count.to_s, filter(**where)))
    end

    def histogram(bins = 20, count: "default", **where)
      Table.new(@raw.histogram(bins, count.to_s, filter(**where)))
    end

    # Correlation of popularity with each audio feature.
    def correlations(count: "default", **where)
      Table.new(@raw.correlations(count.to_s, filter(**where)))
    end

    # Songs by what a person types.
    def find(text, limit: 10, typos: true)
      Table.new(@raw.find(text, limit, typos ? 1 : 0))
    end

    # Completions for a search box.
    def suggest(text, limit: 10)
      Table.new(@raw.suggest(text, limit))
    end

    # Which songs a playlist means: the path of a file (M3U, XSPF, Spotify's JSON, a table, a plain
    # list), or an Array of texts such as "Title - Artist". only: of a file that holds several
    # playlists, the one of this name.
    def match(songs, only: "")
      unless songs.is_a?(Array)
        return Match.new(@raw.match_file(songs.respond_to?(:to_path) ? songs.to_path : songs, only))
      end

      Match.new(@raw.match_songs(songs.map { |song| song.tr("\n", " ") }.join("\n")))
    end

    # Schedule a plan. seed: 64 bits; previous: a Schedule to change as little as possible;
    # assume_done: what it has before `now` was done as planned, where nothing else is said.
    def schedule(plan, seed: 0, work_limit: 0, time_limit_ms: 0, previous: nil, assume_done: false)
      Schedule.wrap(@raw.schedule(Handle.raw_of("plan", plan, Plan), seed, work_limit,
                                  time_limit_ms, Handle.raw_of("previous", previous, Schedule),
                                  assume_done ? 1 : 0))
    end

    private

    def filter(genre: nil, subgenre: nil, artist: nil, playlist: nil, years: nil, popularity: nil,
      features: nil,
               exclude_zero: false, exclude_january_first: false, allow_unknown: false)
      filter = Native::Filter.new
      { genre: genre, subgenre: subgenre, artist: artist, playlist: playlist }.each do |kind, texts|
        next if texts.nil?
        raise ArgumentError, "#{kind}: an empty list lets nothing through" if Array(texts).empty?

        Array(texts).each { |text| filter.add(kind.to_s, text) }
      end
      filter.years(*whole_bounds(:years, years)) if years
      filter.popularity(*whole_bounds(:popularity, popularity)) if popularity
      features&.each do |name, range|
        low, high = bounds(:features, range)
        filter.feature(name.to_s, low || -Float::INFINITY, high || Float::INFINITY)
      end
      filter.exclude(exclude_zero ? 1 : 0, exclude_january_first ? 1 : 0)
      filter.allow_unknown(allow_unknown ? 1 : 0)
      filter
    end

    # Both ends of a Range or a pair, nil where one is open.
    def bounds(name, range)
      return range if range.is_a?(Array) && range.size == 2
      raise TypeError,
        "#{name}: a Range or a pair is needed, not #{range.inspect}" unless range.is_a?(Range)
      return [range.begin, range.end] unless range.exclude_end? && range.end
      raise ArgumentError,
        "#{name}: the range #{range} must include its end" unless range.end.is_a?(Integer)

      [range.begin, range.end - 1]
    end

    def whole_bounds(name, range)
      low, high = bounds(name, range)
      [low || -1, high || -1]
    end
  end

  # Which songs of a catalog a playlist means. songs (line, title, artist, album, id, found,
  # track_id, track_name, track_artist, candidates) and remarks (line, reason) are Tables; found is
  # "id", "exact", "close", "title" or "none".
  class Match
    attr_reader :name, :found, :songs, :remarks

    def initialize(raw) # :nodoc:
      @raw = raw
      @name = raw.name
      @found = raw.found
      @songs = Table.new(raw.songs)
      @remarks = Table.new(raw.remarks)
    end

    # The songs that were not found.
    def missing
      songs.select { |song| song[:found] == "none" }
    end

    def to_json(*)
      @raw.to_json
    end

    def inspect
      "#<#{self.class} #{found} of #{songs.size} songs>"
    end
  end

  # What was heard, when and for how long, immutable.
  class History < Handle
    INFO = %i[plays songs artists episodes duplicates unreadable first_utc last_utc].freeze
    private_constant :INFO

    # Read a file, or an Array of them as one history: Spotify's StreamingHistory*.json and
    # Streaming_History_Audio_*.json, exports of Last.fm, schedules. A play that two of them have
    # counts once.
    def self.read(paths)
      paths = (paths.is_a?(Array) ? paths : [paths]).map {
        |one| one.respond_to?(:to_path) ? one.to_path : one }
      wrap(Native.read_history(paths.join("\n")))
    end

    # Read the text of one file.
    def self.parse(text)
      wrap(Native.parse_history(text))
    end

    # Counts by name; first_utc and last_utc are seconds since 1970.
    def info
      INFO.to_h { |name| [name, @raw.info(name.to_s)] }
    end

    # What could not be read, at most 100, each as "FILE:LINE: reason".
    def remarks
      Table.new(@raw.remarks).column(:remark)
    end

    # What was played most, at which hours, weekdays and months, and streaks. limit: of songs and
    # artists; timezone: on whose clocks, "" for UTC; from and to: dates, both inclusive;
    # min_played_s: leave shorter plays out; by_time: rank by the time played.
    def summary(limit: 10, timezone: "", from: "", to: "", min_played_s: 0, by_time: false)
      HistorySummary.new(@raw.summary(limit, timezone, from.to_s, to.to_s, min_played_s,
                                      by_time ? 1 : 0))
    end

    # A catalog whose popularity is how often a song was played. songs: a Catalog for its songs;
    # else those of the history, of which only some have a length.
    def catalog(songs = nil)
      Catalog.wrap(@raw.catalog(Handle.raw_of("songs", songs, Catalog)))
    end

    def inspect
      closed? ? super : "#<#{self.class} #{@raw.info("plays")} plays>"
    end
    alias to_s inspect
  end

  # What a history says of some time: totals is a Hash, the others are Tables.
  class HistorySummary
    attr_reader :totals, :songs, :artists, :hours, :weekdays, :months

    def initialize(raw) # :nodoc:
      @totals = Table.new(raw.totals)[0]
      @songs, @artists, @hours, @weekdays, @months =
        %w[songs artists hours weekdays months].map { |name| Table.new(raw.list(name)) }
      @json = raw.to_json
    end

    def to_json(*)
      @json
    end
  end

  # A calendar that was read (.ics, RFC 5545), immutable.
  class Calendar < Handle
    # Read a file. name: shown beside its events; the file's by default.
    def self.read(path, name: nil)
      parse(File.binread(path), name: name || File.basename(path))
    end

    # Read iCalendar text.
    def self.parse(text, name: nil)
      wrap(Native.parse_calendar(text, name))
    end

    # Whether recurring events can be read: the library was built with libical.
    def self.can_recur?
      !Native.can_recur.zero?
    end

    # What is shown beside its events.
    def name
      @raw.name
    end
  end

  # What calendars hold: events, tasks and left_out are Tables.
  class Agenda
    attr_reader :events, :tasks, :left_out

    def initialize(raw) # :nodoc:
      @events = Table.new(raw.events, flags: %i[all_day busy])
      @tasks = Table.new(raw.tasks, flags: %i[duration_is_assumed])
      @left_out = Table.new(raw.left_out)
      @json = raw.to_json
    end

    def to_json(*)
      @json
    end

    def inspect
      "#<#{self.class} #{events.size} events, #{tasks.size} tasks, #{left_out.size} left out>"
    end

    # :nodoc:
    def self.raw_of(calendars, music: false, block_all_day: false, tasks: true)
      raw = Native::Agenda.new
      calendars.flatten.each do |calendar|
        calendar = Calendar.read(calendar) unless calendar.is_a?(Calendar)
        raw.add(Handle.raw_of("calendars", calendar, Calendar), music ? 1 : 0,
          block_all_day ? 1 : 0, tasks ? 1 : 0)
      end
      raw
    end
  end

  # What calendars hold for `days` dates from `date` on. calendars: a Calendar, the path of an .ics
  # file, or an Array of them;
  # timezone: on whose clocks times are.
  def self.agenda(calendars, date, days: 1, timezone: "")
    raw = Agenda.raw_of([calendars])
    raw.make(date.to_s, days, timezone)
    Agenda.new(raw)
  end

  # A person's day, immutable.
  class Plan < Handle
    # Read plan text. catalog: to match songs against; date and timezone: for a text that names
    # none; lenient: leave lines with an error out.
    def self.from_text(text, catalog: nil, date: "", timezone: "", lenient: false)
      wrap(Native.plan_from_text(text, raw_of("catalog", catalog, Catalog), date.to_s, timezone,
        lenient ? 1 : 0))
    end

    # The text with the edits made that check_text offers, where there is one way only.
    def self.fix_text(text, catalog: nil, date: "", timezone: "")
      Native.fix_plan_text(text, raw_of("catalog", catalog, Catalog), date.to_s, timezone)
    end

    # Everything there is to say about a plan text: severity, line, column, code, message, repair,
    # candidates, edits.
    def self.check_text(text, catalog: nil, date: "", timezone: "")
      Table.new(Native.check_plan_text(text, raw_of("catalog", catalog, Catalog), date.to_s,
        timezone))
    end

    def self.from_json(text)
      wrap(Native.plan_from_json(text))
    end

    # The same plan with nothing to be placed before `seconds` after midnight.
    def with_now(seconds)
      Plan.wrap(@raw.with_now(seconds))
    end

    # The same plan with what has become of a to-do: :done, :started, :paused with `left` seconds
    # still to do, :not_started, :skipped or
    # :open. started and ended are seconds after midnight, as in the previous schedule where they
    # are left out.
    def mark(id, state, started: nil, ended: nil, left: nil)
      Plan.wrap(@raw.mark(id, state.to_s, started || -1, ended || -1, left || -1))
    end

    # The same plan with a to-do that starts at a second after midnight: a task exactly there, also
    # where its window says otherwise, an event with its length. nil: the task is free again.
    def move(id, start)
      Plan.wrap(@raw.move(id, start || -1))
    end

    # The same plan with a wanted song :done (heard), :skipped or :open. wanted: its number as in
    # the schedule's entries, from 0.
    def mark_song(wanted, state)
      Plan.wrap(@raw.mark_song(wanted, state.to_s))
    end

    # What add_calendar found; nil for a plan that it did not make.
    attr_reader :agenda

    # The same plan with the events and to-dos that calendars hold for its date; its agenda says
    # what was found. calendars: Calendars and
    # paths of .ics files. music: may play during the events; block_all_day: events of whole days
    # are busy; tasks: false leaves
    # to-dos out; timezone: for a plan without one.
    def add_calendar(*calendars, music: false, block_all_day: false, tasks: true, timezone: "")
      raw = Agenda.raw_of(calendars, music: music, block_all_day: block_all_day, tasks: tasks)
      plan = Plan.wrap(raw.add_to(@raw, timezone))
      plan.instance_variable_set(:@agenda, Agenda.new(raw))
      plan
    end

    # The same plan with the songs that a Match found as wanted songs; each is added once.
    # must and weight: as of a wanted song; limit: only so many.
    def add_songs(match, must: false, weight: 0, limit: 0)
      Plan.wrap(@raw.add_songs(Handle.raw_of("match", match, Match), must ? 1 : 0, weight, limit))
    end

    # The same plan whose fill takes no song of the catalog that the history has in the days before
    # the plan's date, or on it. A wanted song that was heard stays, with a warning.
    def avoid(history, catalog, days: 7)
      Plan.wrap(@raw.avoid(Handle.raw_of("history", history, History),
                           Handle.raw_of("catalog", catalog, Catalog), days))
    end

    def todo_count
      @raw.todo_count
    end

    def song_count
      @raw.song_count
    end

    def to_json(*)
      @raw.to_json
    end
  end

  # When to do and hear what. Enumerable over its entries.
  class Schedule < Handle
    include Enumerable

    # Read what to_json wrote, to pass as `previous`.
    def self.from_json(text)
      wrap(Native.schedule_from_json(text))
    end

    # To-dos and songs with their times, in seconds from midnight.
    def entries
      Table.new(@raw.entries, flags: [:fixed])
    end

    def each(&block)
      return enum_for(:each) unless block

      entries.each(&block)
      self
    end

    # Unscheduled items, with reasons and fixes.
    def unplaced
      Table.new(@raw.unplaced)
    end

    def warnings
      Table.new(@raw.warnings)
    end

    # Stretches in which more is asked for than there is time.
    def overloads
      Table.new(@raw.overloads)
    end

    def date
      @raw.date
    end

    # IANA name, "" for floating time.
    def timezone
      @raw.timezone
    end

    # "optimal" where it was proved that no schedule is better, "feasible" where one may be,
    # "unknown" for one read from JSON that does not say.
    def status
      @raw.status
    end

    # Was it proved that no schedule is better?
    def optimal?
      !@raw.info("optimal").zero?
    end

    # How many entries start elsewhere than in `previous`.
    def moved
      @raw.info("moved")
    end

    def to_json(*)
      @raw.to_json
    end

    def to_text
      @raw.to_text
    end
    alias to_s to_text

    # iCalendar. what: "all", "todos" or "songs"; timestamp: the present, a Time; alarm_s: seconds
    # before a to-do; cancelled: with
    # what the previous schedule had and this one lacks.
    def to_ical(what = "all", calendar_name: "", timestamp: nil, alarm_s: nil, cancelled: false)
      stamp = timestamp ? timestamp.getutc.strftime("%Y%m%dT%H%M%SZ") : ""
      @raw.to_ical(what.to_s, calendar_name, stamp, alarm_s || -1, cancelled ? 1 : 0)
    end
  end

  # Version of the library.
  def self.version
    Native.version
  end
end
