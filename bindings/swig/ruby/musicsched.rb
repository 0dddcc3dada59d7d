# frozen_string_literal: true

# Schedules to-dos and music to the second, and analyzes what makes songs popular: libmusicsched for
# Ruby.
module Musicsched
  # An error of the library: code is the name of the C result code; line and column are 1-based, 0
  # if they do not apply.
  class Error < StandardError
    attr_reader :code, :line, :column

    def initialize(message = nil, code = "MSCHED_ERROR_ARGUMENT", line = 0, column = 0)
      super(message)
      @code = code
      @line = line
      @column = column
    end

    # For pattern matching: in { code: "MSCHED_ERROR_SYNTAX", line: }.
    def deconstruct_keys(_keys)
      { message: message, code: code, line: line, column: column }
    end
  end
end

require "date"
require "json"
require "musicsched/native"

module Musicsched
  # Rows of a result: Hashes by column name (Symbols), nil for an unknown value.
  class Table
    include Enumerable

    # Names of the columns, in order.
    attr_reader :columns
    # Number of rows.
    attr_reader :size
    alias length size

    # flags are columns of true and false, dates of Dates; a block gives more columns.
    def initialize(raw, flags: [], dates: []) # :nodoc:
      @size = raw.rows
      indices = (0...raw.columns)
      @columns = indices.map { |index| raw.name(index).to_sym }.freeze
      @values = indices.map { |index| column_of(raw, index) }
      flags.each do |name|
        at = @columns.index(name)
        @values[at] = @values[at].map { |value| value && value != 0 } if at
      end
      dates.each do |name|
        at = @columns.index(name)
        @values[at] = @values[at].map { |value| value && Date.iso8601(value) }
      end
      return unless block_given?

      yield(self).each do |name, values|
        @columns = [*@columns, name].freeze
        @values << values
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

    # A JSON array of one object for each row; times are in ISO 8601.
    def to_json(*arguments)
      map { |row| row.transform_values { |value| Table.json_value(value) } }.to_json(*arguments)
    end

    # For pattern matching: in [{ title: }, *].
    def deconstruct
      to_a
    end

    # A list column comes as all texts one after the other, with the size of each list.
    def column_of(raw, index) # :nodoc:
      texts = raw.texts(index) unless raw.is_text(index).zero?
      return texts || raw.numbers(index) if raw.is_list(index).zero?

      raw.numbers(index).map { |size| texts.shift(size) }
    end
    private :column_of

    def self.json_value(value) # :nodoc:
      value.is_a?(Time) ? value.strftime("%FT%T%:z") : value
    end

    # The rows as text, a line each with a tab between the columns; the names of the columns come
    # first.
    def to_s
      texts = @values.map do |column|
        column.map { |value| value.is_a?(Array) ? value.join(", ") : value }
      end
      [@columns, *texts.transpose].map { |row| row.join("\t") }.join("\n")
    end

    def inspect
      "#<Musicsched::Table #{size} rows: #{columns.join(", ")}>"
    end
  end

  # An object that has memory of the library until it is closed or collected.
  class Handle
    def initialize(raw) # :nodoc:
      @raw = raw
    end

    # Free the memory now; later use is an error.
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

    # Load a song file, or an Array of them as one catalog; strict: refuse files that need
    # assumptions; skip_bad_rows: leave out rows that cannot be read, even if they are most of a
    # file, or with strict; default_duration_ms: length of songs of unknown length; columns: headers
    # of columns with other names, such as { track_artist: "artists" }; encoding: of text that is
    # not UTF-8, such as "GB18030" or "CP1251". An interrupt (Ctrl-C, Thread#raise) stops the load.
    # With a block: yields the catalog and closes it.
    def self.read(path, delimiter: "", skip_bad_rows: false, columns: {}, strict: false,
      default_duration_ms: 0, encoding: "", &block)
      paths = (path.is_a?(Array) ? path : [path]).map {
        |one| one.respond_to?(:to_path) ? one.to_path : one }
      opened(Native.read_csv(paths.join("\n"), delimiter, skip_bad_rows ? 1 : 0, named(columns),
        strict ? 1 : 0,
                             default_duration_ms, encoding), &block)
    end

    # The same.
    def self.read_csv(path, **options, &block)
      read(path, **options, &block)
    end

    # Load CSV from a String.
    def self.parse_csv(text, delimiter: "", skip_bad_rows: false, columns: {}, strict: false,
      default_duration_ms: 0, encoding: "", &block)
      opened(Native.read_csv_text(text, delimiter, skip_bad_rows ? 1 : 0, named(columns),
        strict ? 1 : 0, default_duration_ms, encoding),
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

    # For pattern matching: the counts of info.
    def deconstruct_keys(_keys)
      info
    end

    # Build the indexes that the first search and schedule would otherwise build.
    def prepare
      @raw.prepare
      self
    end

    # Save as a file that Catalog.read_csv opens at once, usually *.msc.
    def save(path)
      @raw.save(File.path(path))
      self
    end

    def tracks
      songs(@raw.tracks)
    end

    def entries
      songs(@raw.entries)
    end

    # Rows that were left out because they cannot be read: line, column, code, message.
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

    # One track with its audio features and playlists.
    def track_json(track_id)
      @raw.track_json(track_id)
    end

    # The most popular songs. count: "entries", "tracks" or "recordings"; default: recordings here,
    # and tracks in the queries below. Conditions: see README.md.
    def top(limit = 10, count: "default", **where)
      songs(@raw.top(limit, count.to_s, filter(**where)))
    end

    # Statistics by "all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month" or
    # "year_month".
    # order: "default", "key", "mean" or "n".
    def groups(by, count: "default", order: "default", min_n: 0, limit: 0, **where)
      Table.new(@raw.groups(by.to_s, count.to_s, order.to_s, min_n, limit, filter(**where)))
    end

    alias group_by groups

    # Whether popularity depends on the group: f, df_between, df_within and p of a one-way analysis
    # of variance, eta_squared, kruskal_h and kruskal_p, group_count, n. NaN where a test is not
    # defined.
    def group_test(by, count: "default", **where)
      Table.new(@raw.group_test(by.to_s, count.to_s, filter(**where))).first
    end

    # Statistics by "year", "decade", "month" or "year_month", in chronological order.
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

    # Find songs by typed text.
    def find(text, limit: 10, typos: true)
      songs(@raw.find(text, limit, typos ? 1 : 0))
    end

    # Completions for a search box.
    def suggest(text, limit: 10)
      songs(@raw.suggest(text, limit))
    end

    # Find the songs of a playlist: the path of a file (M3U, XSPF, Spotify's JSON, a table, a plain
    # list), or an Array of texts such as "Title - Artist". only: name of the playlist to read, if
    # the file has several.
    def match(songs, only: "")
      unless songs.is_a?(Array)
        return Match.new(@raw.match_file(songs.respond_to?(:to_path) ? songs.to_path : songs, only))
      end

      Match.new(@raw.match_songs(songs.map { |song| song.tr("\n", " ") }.join("\n")))
    end

    # Schedule a plan. seed: 64 bits; previous: a Schedule to change as little as possible;
    # assume_done: count its items before `now` as done, unless they have a state; lazy_reasons:
    # search for fixes only when unscheduled items are read.
    def schedule(plan, seed: 0, work_limit: 0, time_limit_ms: 0, previous: nil, assume_done: false,
                 lazy_reasons: false)
      Schedule.wrap(@raw.schedule(Handle.raw_of("plan", plan, Plan), seed, work_limit,
                                  time_limit_ms, Handle.raw_of("previous", previous, Schedule),
                                  assume_done ? 1 : 0, lazy_reasons ? 1 : 0))
    end

    # The schedule of each plan, in the same order, with the options of #schedule. A block is called
    # after each plan with how many are scheduled and how many there are.
    def schedule_many(plans, **options)
      plans.each_with_index.map do |plan, index|
        schedule(plan, **options).tap { yield index + 1, plans.size if block_given? }
      end
    end

    private

    # Rows of songs, with the release date as a Date where the day is known.
    def songs(raw)
      Table.new(raw, dates: [:release_date])
    end

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

  # The songs of a catalog that match a playlist. songs (line, title, artist, album, id, found,
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

    # For pattern matching.
    def deconstruct_keys(_keys)
      { name: name, found: found, songs: songs, remarks: remarks }
    end

    def inspect
      "#<#{self.class} #{found} of #{songs.size} songs>"
    end
  end

  # Plays of songs, with their times and lengths. Immutable.
  class History < Handle
    INFO = %i[plays songs artists episodes duplicates unreadable first_utc last_utc].freeze
    private_constant :INFO

    # Read a file, or an Array of them as one history: Spotify's StreamingHistory*.json and
    # Streaming_History_Audio_*.json, histories of other services, schedules. A play that is in
    # two files counts once.
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

    # Up to 100 items that could not be read, each as "FILE:LINE: reason".
    def remarks
      Table.new(@raw.remarks).column(:remark)
    end

    # The most played songs and artists, the hours, weekdays and months of the plays, and streaks.
    # limit: of songs and artists; timezone: of hours and days, "": UTC; from and to: dates, both
    # inclusive; min_played_s: leave out shorter plays; by_time: rank by time played.
    def summary(limit: 10, timezone: "", from: "", to: "", min_played_s: 0, by_time: false)
      HistorySummary.new(@raw.summary(limit, timezone, from.to_s, to.to_s, min_played_s,
                                      by_time ? 1 : 0))
    end

    # A catalog whose popularity is how often a song was played. songs: a Catalog, for its songs;
    # without it, the songs of the history, some of which have no length.
    def catalog(songs = nil)
      Catalog.wrap(@raw.catalog(Handle.raw_of("songs", songs, Catalog)))
    end

    def inspect
      closed? ? super : "#<#{self.class} #{@raw.info("plays")} plays>"
    end
    alias to_s inspect
  end

  # Summary of a history over a range of time: totals is a Hash, the others are Tables.
  class HistorySummary
    attr_reader :totals, :songs, :artists, :hours, :weekdays, :months

    def initialize(raw) # :nodoc:
      @totals = Table.new(raw.totals, dates: %i[first_date last_date longest_from longest_to])[0]
      @songs, @artists, @hours, @weekdays, @months =
        %w[songs artists hours weekdays months].map { |name| Table.new(raw.list(name)) }
      @json = raw.to_json
    end

    def to_json(*)
      @json
    end
  end

  # Version of the library.
  def self.version
    Native.version
  end
end

require "musicsched/plan"
require "musicsched/schedule"
