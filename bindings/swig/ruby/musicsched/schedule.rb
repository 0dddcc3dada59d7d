# frozen_string_literal: true

module Musicsched
  # Times of to-dos and songs. Enumerable over its entries.
  class Schedule < Handle
    include Enumerable

    # Read a schedule from to_json, to pass it as `previous`.
    def self.from_json(text)
      wrap(Native.schedule_from_json(text))
    end

    # To-dos and songs: start and end are Times in the plan's time zone, or in that of this machine
    # if the plan has none; start_s and end_s are seconds from midnight of :date, a Date.
    def entries
      Table.new(@raw.entries, flags: [:fixed], dates: [:date]) do |table|
        dates = table.column("date")
        %w[start end].to_h do |name|
          [name.to_sym, table.column("#{name}_s").zip(table.column("#{name}_utc"), dates)
                             .map { |seconds, utc, day| time(seconds, utc, day) }]
        end
      end
    end

    # For pattern matching: in { status: "optimal", entries: [{ title: }, *] }.
    def deconstruct_keys(_keys)
      { date: date, timezone: timezone, status: status, moved: moved, entries: entries,
        unplaced: unplaced, warnings: warnings, overloads: overloads }
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

    # Up to three fixes of each unscheduled to-do; :item is its index in #unplaced, and :rank 1
    # costs you the least.
    def fixes
      Table.new(@raw.fixes)
    end

    def warnings
      Table.new(@raw.warnings)
    end

    # Intervals whose tasks need more time than they have.
    def overloads
      Table.new(@raw.overloads)
    end

    # A Date.
    def date
      Date.iso8601(@raw.date)
    end

    # IANA name, "" for floating time.
    def timezone
      @raw.timezone
    end

    # "optimal" if it is proved that no schedule is better, "feasible" if one may be better,
    # "unknown" if it was read from JSON without a status.
    def status
      @raw.status
    end

    # Why the search stopped: "none" if it finished, "work", "time" or "cancel".
    def stop
      @raw.stop
    end

    # The value and the upper bound of each level of the objective: level, value, bound.
    def bounds
      Table.new(@raw.bounds)
    end

    # Whether it is proved that no schedule is better.
    def optimal?
      !@raw.info("optimal").zero?
    end

    # Number of entries whose start differs from `previous`.
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

    # iCalendar. what: "all", "todos" or "songs"; timestamp: the current time, a Time; alarm_s:
    # seconds before a to-do; cancelled: include items that were removed since the previous
    # schedule; sequence: added to the SEQUENCE of every event, without a previous schedule a number
    # that grows with each change of the plan; refresh_s: how often a subscribed program should
    # reload the calendar.
    def to_ical(what = "all", calendar_name: "", timestamp: nil, alarm_s: nil, cancelled: false,
                sequence: 0, refresh_s: 0)
      stamp = timestamp ? timestamp.getutc.strftime("%Y%m%dT%H%M%SZ") : ""
      @raw.to_ical(what.to_s, calendar_name, stamp, alarm_s || -1, cancelled ? 1 : 0, sequence,
                   refresh_s)
    end

    private

    # Local time at these seconds after the midnight of a date; utc: seconds since 1970, nil
    # without a time zone.
    def time(seconds, utc, midnight)
      days, rest = seconds.divmod(86_400)
      day = midnight + days
      parts = [day.year, day.month, day.day, rest / 3600, rest / 60 % 60, rest % 60]
      utc ? Time.at(utc, in: Time.utc(*parts).to_i - utc) : Time.local(*parts)
    end
  end
end
