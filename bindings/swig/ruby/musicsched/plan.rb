# frozen_string_literal: true

module Musicsched
  # An iCalendar file (.ics, RFC 5545). Immutable.
  class Calendar < Handle
    # Read a file. name: shown with its events; default: the name of the file.
    def self.read(path, name: nil)
      wrap(Native.read_calendar(path.respond_to?(:to_path) ? path.to_path : path, name))
    end

    # Read iCalendar text.
    def self.parse(text, name: nil)
      wrap(Native.parse_calendar(text, name))
    end

    # Whether recurring events can be expanded, which needs a library built with libical.
    def self.can_recur?
      !Native.can_recur.zero?
    end

    # The name that is shown with its events.
    def name
      @raw.name
    end
  end

  # The items of calendars: events, tasks and left_out are Tables.
  class Agenda
    attr_reader :events, :tasks, :left_out

    def initialize(raw) # :nodoc:
      @events = Table.new(raw.events, flags: %i[all_day busy], dates: [:date])
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

  # The items of calendars on `days` dates, starting at `date`. calendars: a Calendar, the path of
  # an .ics file, or an Array of them; timezone: of the times.
  def self.agenda(calendars, date, days: 1, timezone: "")
    raw = Agenda.raw_of([calendars])
    raw.make(date.to_s, days, timezone)
    Agenda.new(raw)
  end

  # A person's day, immutable.
  class Plan < Handle
    # Read plan text. catalog: in which to look up songs; date and timezone: used if the text has
    # none; lenient: leave out lines with errors; days (1 to 31): number of days, if the text does
    # not set it; time_limit_ms: limit of the search for misspelled songs.
    def self.from_text(text, catalog: nil, date: "", timezone: "", lenient: false, days: 0,
      time_limit_ms: 0)
      wrap(Native.plan_from_text(text, raw_of("catalog", catalog, Catalog), date.to_s, timezone,
        lenient ? 1 : 0, days, time_limit_ms))
    end

    # The text with all unambiguous corrections of check_text.
    def self.fix_text(text, catalog: nil, date: "", timezone: "")
      Native.fix_plan_text(text, raw_of("catalog", catalog, Catalog), date.to_s, timezone)
    end

    # All messages about a plan text: severity, line, column, code, message, repair, candidates,
    # edits.
    def self.check_text(text, catalog: nil, date: "", timezone: "")
      Table.new(Native.check_plan_text(text, raw_of("catalog", catalog, Catalog), date.to_s,
        timezone))
    end

    def self.from_json(text)
      wrap(Native.plan_from_json(text))
    end

    # A plan of a day or, with days:, of several: hashes and arrays with the keys of
    # docs/formats.md. Keys may be symbols; a Date stands for its text.
    def self.of(values)
      from_json(JSON.generate(values))
    end

    # The same plan with a current time; nothing is scheduled before it. now: seconds after
    # midnight of the plan's first date, or a Time.
    def with_now(now)
      return Plan.wrap(@raw.with_now(now)) unless now.is_a?(Time)

      Plan.wrap(@raw.with_now_on(now.strftime("%F"), seconds(now)))
    end

    # The same plan with the state of a to-do: :done, :started, :paused with `left` seconds still to
    # do, :not_started, :skipped or :open. started and ended are seconds after midnight or Times;
    # default: as in the previous schedule.
    def mark(id, state, started: nil, ended: nil, left: nil)
      Plan.wrap(@raw.mark(id, state.to_s, seconds(started) || -1, seconds(ended) || -1,
                          left || -1))
    end

    # The same plan with a to-do that starts at this second after midnight or Time. A task starts
    # exactly there, even outside its time window; an event keeps its length. nil: unlock the task.
    def move(id, start)
      Plan.wrap(@raw.move(id, seconds(start) || -1))
    end

    # The same plan with the state of a wanted song: :done (heard), :skipped or :open. wanted: its
    # number as in the schedule's entries, from 0.
    def mark_song(wanted, state)
      Plan.wrap(@raw.mark_song(wanted, state.to_s))
    end

    # The agenda of add_calendar; nil for a plan that add_calendar did not create.
    attr_reader :agenda

    # The same plan with the events and to-dos of calendars on its date, which its agenda lists.
    # calendars: Calendars and paths of .ics files. music: may play during the events;
    # block_all_day: all-day events are busy; tasks: false leaves out to-dos; timezone: of a plan
    # that has none.
    def add_calendar(*calendars, music: false, block_all_day: false, tasks: true, timezone: "")
      raw = Agenda.raw_of(calendars, music: music, block_all_day: block_all_day, tasks: tasks)
      plan = Plan.wrap(raw.add_to(@raw, timezone))
      plan.instance_variable_set(:@agenda, Agenda.new(raw))
      plan
    end

    # The same plan with the matched songs as wanted songs; each is added once. must and weight: as
    # for a wanted song; limit: maximum number of songs.
    def add_songs(match, must: false, weight: 0, limit: 0)
      Plan.wrap(@raw.add_songs(Handle.raw_of("match", match, Match), must ? 1 : 0, weight, limit))
    end

    # The same plan, whose fill leaves out songs that the history played on the plan's date or in
    # the days before it (0: as the plan says, else 7). A wanted song that was played stays wanted,
    # with a warning.
    def avoid(history, catalog, days: 0)
      Plan.wrap(@raw.avoid(Handle.raw_of("history", history, History),
                           Handle.raw_of("catalog", catalog, Catalog), days))
    end

    # For pattern matching: the JSON's members by Symbol, such as date, todos and songs.
    def deconstruct_keys(_keys)
      JSON.parse(to_json, symbolize_names: true)
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

    # The plan as plan text. With the catalog that you will read the text with, songs are written as
    # titles, else as track ids.
    def to_text(catalog: nil)
      @raw.to_text(Handle.raw_of("catalog", catalog, Catalog))
    end

    private

    # Seconds after midnight of a Time, on its own clock; other values as they are.
    def seconds(value)
      value.is_a?(Time) ? value.hour * 3600 + value.min * 60 + value.sec : value
    end
  end
end
