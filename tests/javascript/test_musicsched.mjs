// The package for JavaScript as its users load it, held against the library's own program.
//
// usage: node --test test_musicsched.mjs, with in the environment
//   MUSICSCHED_PACKAGE   folder of the package     MUSICSCHED_SAMPLE    the sample catalog
//   MUSICSCHED_CASES     bindings/swig/tests/cases.tsv
//   MUSICSCHED_REQUESTS  plans, one a line          MUSICSCHED_ANSWERS  their schedules, one a line

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { brotliCompressSync, gzipSync } from "node:zlib";

const environment = process.env;
const entry = pathToFileURL(`${environment.MUSICSCHED_PACKAGE}/lib/index.js`).href;
const { load, MusicschedError } = await import(entry);
const { shortNumber } = await import(new URL("number.js", entry));
const { Calendar, Catalog, Plan, Schedule, schedule, version } = await load();
const sample = readFileSync(environment.MUSICSCHED_SAMPLE);
const songs = Catalog.parse(sample, { name: "sample.csv" });
const DAY = `date: 2026-11-24 Europe/Berlin
9-17 Work #focus
Gym 1h after 17:00 #workout
fill: 20m
`;

test("a value of another type is refused by its name", () => {
  const plan = Plan.parse(DAY, { catalog: songs });
  const wrong = [
    [() => Plan.parse(null), "TypeError", /^text: expected a string, not null$/],
    [() => songs.find(5), "TypeError", /^text: expected a string, not number$/],
    [() => songs.track(undefined), "TypeError", /^id: expected a string, not undefined$/],
    [() => Catalog.parse(null), "TypeError", /^data: expected a string/],
    [() => Plan.parse(DAY, { date: 5 }), "TypeError", /^date: a value of type number/],
    [() => songs.top("pop"), "TypeError", /^options: expected an object with limit, /],
    [() => songs.top(null), "TypeError", /^options: expected an object with limit, /],
    [() => songs.top({ years: 2010 }), "TypeError", /^years: expected two numbers, \[low, high]$/],
    [() => songs.top({ years: [2010, 2014, 2019] }), "TypeError", /^years: expected two numbers/],
    [() => songs.top({ popularity: [NaN, 9] }), "TypeError", /^popularity: expected two numbers/],
    [() => songs.top({ features: { energy: 0.5 } }), "TypeError", /^energy: expected two numbers/],
    [() => songs.top({ features: { energi: [0, 1] } }), "MusicschedError", /^energi: there is no/],
    [() => songs.scheduleMany(plan), "TypeError", /^plans: expected an array of plans$/],
    [() => Calendar.agenda(), "TypeError", /^calendars: expected an array of calendars$/],
    [() => Catalog.parse("a;b", { delimiter: ";;" }), "TypeError", /^delimiter: expected one char/],
    [() => Catalog.parse("a;b", { delimiter: 59 }), "TypeError", /^delimiter: expected one char/],
    [() => Catalog.parse("a,b", { columns: "a=b" }), "TypeError", /^columns: expected an object/],
    [() => schedule(songs, plan, { seed: "x" }), "RangeError", /^seed: x is not a whole number/],
    [() => schedule(songs, plan, { workLimit: -1 }), "RangeError", /^workLimit: -1 is not/],
  ];
  for (const [call, name, message] of wrong) assert.throws(call, { name, message });
});

test("null as a filter filters nothing", () => {
  const filter = { genre: null, years: null, popularity: [null, 50], features: null };
  const upTo50 = songs.top({ popularity: [0, 50], limit: 3 });
  assert.deepEqual(songs.top({ ...filter, limit: 3 }), upTo50);
  const lively = songs.top({ features: { energy: [0.5] }, limit: 3 });
  assert.deepEqual(songs.top({ features: { energy: [0.5, 1], tempo: null }, limit: 3 }), lively);
});

test("files that cannot be opened are refused with a way out", async () => {
  const saved = Uint8Array.from([0x89, ...new TextEncoder().encode("MSCAT\r\n"), 1, 2, 3]);
  const refused = { name: "MusicschedError", code: "MSCHED_ERROR_SYNTAX" };
  assert.throws(() => Catalog.parse(saved), { ...refused, message: /read the song files/ });
  const half = gzipSync(sample).subarray(0, 1000);
  await assert.rejects(Catalog.read(half), { ...refused, message: /damaged or incomplete/ });
});

test("an object of another class is refused", () => {
  const plan = Plan.parse(DAY, { catalog: songs });
  const day = schedule(songs, plan);
  const wrong = [
    [() => schedule(songs, plan, { previous: day.toJSON() }), /previous: expected a Schedule/],
    [() => schedule(plan, plan), /catalog: expected a Catalog/],
    [() => schedule(songs, null), /plan: expected a Plan/],
    [() => Plan.parse(DAY, { catalog: day }), /catalog: expected a Catalog/],
    [() => plan.withCalendar(plan), /calendar: expected a Calendar/],
  ];
  for (const [call, message] of wrong) assert.throws(call, { name: "TypeError", message });
  assert.equal(schedule(songs, plan, { previous: null }).json, day.json);
});

test("what is counted by default", () => {
  // one song under two ids, one of them in two playlists
  const songs = Catalog.parse(
    "track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_id," +
      "playlist_genre,energy\n" +
      "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n" +
      "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n",
  );
  assert.deepEqual(
    songs.top().map((song) => song.track_id),
    ["a1", "b1"],
  );
  assert.equal(songs.groupBy("genre")[0].n, 3);
  assert.equal(songs.trend()[0].n, 3);
  assert.equal(songs.summary().n, 3);
  assert.equal(
    songs.histogram().reduce((sum, bin) => sum + bin.n, 0),
    3,
  );
  assert.equal(songs.correlations().find((row) => row.feature === "energy").n, 3);
  const { p, ...test } = songs.groupTest("artist");
  assert.deepEqual([test.group_count, test.f, test.eta_squared, test.kruskal_h], [2, 3, 0.75, 1.5]);
  assert.ok(Math.abs(p - 1 / 3) < 1e-12);
  assert.equal(songs.groupTest("all"), null);
});

test("questions have the answers that the file gives", () => {
  const rows = sample.toString("utf8").split("\n").length - 2;
  assert.equal(songs.info.entries, rows);
  assert.match(version, /^\d+\.\d+\.\d+$/);
  const top = songs.top({ limit: 3, count: "tracks" });
  assert.deepEqual(
    top.map((song) => song.rank),
    [1, 2, 3],
  );
  assert.ok(top[0].popularity >= top[2].popularity);
  const genres = songs.groupBy("genre", { count: "entries" });
  assert.equal(
    genres.reduce((sum, group) => sum + group.n, 0),
    rows,
  );
  const one = songs.summary({ genre: genres[0].key, count: "entries" });
  assert.equal(one.mean, genres[0].mean);
  assert.equal(songs.histogram({ bins: 7 }).length, 7);
  assert.ok(songs.correlations().some((row) => row.feature === "energy"));
  assert.ok(songs.trend("decade").every((group) => /^\d{3}0/.test(group.key)));
  assert.equal(songs.track(top[0].track_id).title, top[0].title);
  assert.equal(songs.find(`${top[0].title} - ${top[0].artist}`)[0].title, top[0].title);
  assert.ok(songs.suggest(top[0].title.slice(0, 4)).length > 0);
  assert.equal(songs.report().files[0].source, "sample.csv");
  const loud = songs.top({ features: { energy: [0.8, undefined] }, limit: 1000, count: "tracks" });
  const energy = (song) => songs.track(song.track_id).features.energy;
  assert.ok(loud.length > 0 && loud.every((song) => energy(song) >= 0.8));
});

test("a day gets its times, and is replanned", () => {
  const plan = Plan.parse(DAY, { catalog: songs });
  const day = songs.schedule(plan);
  assert.deepEqual(
    day.entries.filter((entry) => entry.kind === "todo").map((entry) => entry.title),
    ["Work", "Gym"],
  );
  assert.equal(day.status, "optimal");
  assert.deepEqual(JSON.parse(JSON.stringify(day)), JSON.parse(day.json));
  assert.match(String(day), /17:05:00-18:05:00 +Gym/);
  assert.match(day.toICal({ what: "todos" }), /SUMMARY:Gym/);
  const previous = Schedule.fromJSON(day.json);
  const later = songs.schedule(plan.withNow("17:20"), { previous });
  const gym = (one) => one.entries.find((entry) => entry.title === "Gym");
  assert.deepEqual(gym(later), { ...gym(day), state: gym(later).state });
  const signal = AbortSignal.abort();
  assert.throws(() => songs.schedule(plan, { signal }), { name: "AbortError" });
  assert.equal(
    schedule(null, Plan.parse("date: 2026-11-24\nGym 1h\n")).entries[0].start,
    "07:00:00",
  );
});

test("a plan of several days is told what happened and what time it is", () => {
  const week = Plan.parse("date: 2026-11-23\ndays: 3\nGym 1h\n");
  const second = 24 * 3600 + 14 * 3600 + 10 * 60;
  assert.deepEqual(week.withNow("2026-11-24T14:10").toJSON(), week.withNow(second).toJSON());
  for (const now of ["2026-11-22T14:10", "2026-11-24T25", "2026-13-24T14:10", "tomorrow"]) {
    assert.throws(() => week.withNow(now), /^\w+: now: /, now);
  }
  const ticked = week.mark("gym", "open").mark("gym@2026-11-24", "done", { ended: "10:00" });
  assert.deepEqual(ticked.toJSON().todos[0].occurrences, [
    { date: "2026-11-24", state: "done", ended: "10:00" },
  ]);
  const plan = Plan.parse(DAY);
  assert.equal(plan.mark("gym", "paused", { left: 600 }).toJSON().todos[1].left_s, 600);
  const wanted = Plan.parse("date: 2026-11-24\n♪ Dancing Monkey - Synthetic Otters\n", {
    catalog: songs,
  });
  assert.equal(wanted.markSong(0, "done").toJSON().songs[0].state, "done");
  const wrong = [
    [() => week.mark("gmy@2026-11-24", "done"), /no to-do has the id/],
    [() => week.mark("gym@2026-12-24", "done"), /not a date of the plan/],
    [() => week.mark(undefined, "done"), /^TypeError: id: /],
    [() => week.mark("gym"), /^TypeError: state: .* is not one of open, /],
    [() => week.mark("gym", "done", { end: 3 }), /there is no option end/],
    [() => week.mark("gym", "done", { ended: "noon" }), /^TypeError: ended: /],
    [() => wanted.markSong(1, "done"), /^MusicschedError: /],
    [() => wanted.markSong(undefined, "done"), /^TypeError: wanted: /],
  ];
  for (const [call, message] of wrong) assert.throws(call, message);
});

test("fixes are the same when they are sought as they are read", () => {
  const plan = Plan.parse("date: 2026-11-24\n9-17 Work\nSwim 10h\n");
  const lazy = schedule(null, plan, { lazyReasons: true });
  assert.notEqual(lazy.unplaced[0].fix_text, "");
  assert.deepEqual(lazy.unplaced, schedule(null, plan).unplaced);
});

test("how good a schedule is", () => {
  const plan = Plan.parse("date: 2026-11-24\n9-17 Work\nGym 1h\n");
  const catalog = Catalog.parse("title,artist\nHalo,Beyonce\n");
  const progress = [];
  const [day, same] = catalog.scheduleMany([plan, plan], {
    progress: (done, total) => progress.push([done, total]),
  });
  assert.deepEqual(progress, [[1, 2], [2, 2]]);
  const controller = new AbortController();
  const stopped = [];
  assert.throws(
    () =>
      catalog.scheduleMany([plan, plan, plan], {
        signal: controller.signal,
        progress: (done) => stopped.push(done) === 2 && controller.abort(),
      }),
    { name: "AbortError" },
  );
  assert.deepEqual(stopped, [1, 2]);
  assert.equal(day.stop, "none");
  assert.deepEqual(day.bounds[0], { level: "tasks_1", value: 1, bound: 1 });
  assert.equal(day.bounds.length, 7);
  assert.equal(same.json, day.json);
});

test("plans, plan texts and calendars", () => {
  const plan = Plan.fromJSON({
    date: "2026-11-24",
    todos: [{ title: "Gym", duration_s: 3600 }],
  });
  assert.equal(plan.toJSON().todos[0].title, "Gym");
  assert.deepEqual(Plan.parse(plan.toText()).toJSON(), plan.toJSON());
  assert.match(plan.toText(), /^Gym /m);
  assert.match(Plan.fix("date: 2026-11-24\nGym 1h #workuot\n"), /#workout/);
  const lenient = Plan.parse("date: 2026-11-24\n3-2 Work\nGym 1h\n", { lenient: true });
  assert.deepEqual(
    lenient.diagnostics.map((one) => [one.severity, one.line]),
    [["error", 2]],
  );
  assert.throws(
    () => Plan.parse("date: 2026-11-24\n3-2 Work\n"),
    (error) => error.diagnostics.length === 1 && error.diagnostics[0].edit.texts.length > 0,
  );
  const calendar = Calendar.parse(
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n" +
      "DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T080000Z\r\nDTEND:20261124T090000Z\r\n" +
      "SUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    { name: "home" },
  );
  const agenda = Calendar.agenda([calendar], { date: "2026-11-24", timezone: "Europe/Berlin" });
  assert.equal(agenda.events[0].title, "Dentist");
  const more = Plan.parse(DAY).withCalendar(calendar);
  const titles = schedule(null, more.plan).entries.map((entry) => [entry.title, entry.start]);
  assert.ok(titles.some(([title, start]) => title === "Dentist" && start === "09:00:00"));
});

test("recurring events are expanded with ical.js, and otherwise listed", async () => {
  const event = (uid, rule) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20200106T090000Z\r\nDURATION:PT1H\r\n` +
    `RRULE:${rule}\r\nSUMMARY:${uid}\r\nEND:VEVENT\r\n`;
  const text =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" +
    event("a", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE") +
    event("b", "FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20261201T000000Z") +
    event("c", "FREQ=YEARLY;BYWEEKNO=48") + // ical.js would ignore a part of this rule
    event("d", "FREQ=DAILY;INTERVAL=7;BYDAY=TU") + // never, which ical.js does not notice
    event("e", "FREQ=MONTHLY;BYMONTHDAY=5,24;BYSETPOS=2") + // it would ignore a part, too
    "END:VCALENDAR\r\n";
  const agendaOf = ({ Calendar: Of }) =>
    Of.agenda([Of.parse(text)], { date: "2026-11-23", days: 9, timezone: "UTC" });
  const { events, left_out: left } = agendaOf({ Calendar });
  assert.deepEqual(
    events.map((one) => `${one.date} ${one.title}`),
    ["2026-11-24 b", "2026-11-30 a"],
  );
  assert.deepEqual(
    left.map((one) => one.uid),
    ["c", "e", "d"], // "d" is known only when it is expanded
  );
  const without = await load(undefined, { ical: null });
  assert.equal(without.canRecur, false);
  assert.match(agendaOf(without).left_out[0].reason, /recurrence rules need libical, or ical\.js/);
});

test("calendars, playlists and histories of a plan of text", () => {
  const event = (uid, hour, title) =>
    Calendar.parse(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n" +
        `UID:${uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T${hour}0000\r\n` +
        `DURATION:PT1H\r\nSUMMARY:${title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
    );
  const text = "date: 2026-11-24\n// a remark\nGym 1h\nfill: 30m @morning\n";
  const plan = Plan.parse(text, { catalog: songs });
  assert.deepEqual(plan.lines, { todos: [3], songs: [] });
  const both = plan.withCalendars([
    { calendar: event(1, "09", "Dentist") },
    { calendar: event(2, "11", "Work"), music: true },
  ]);
  assert.deepEqual(
    both.agenda.events.map((one) => one.title),
    ["Dentist", "Work"],
  );
  assert.deepEqual(both.plan.lines.todos, [3, 0, 0]);
  const many = Array.from({ length: 33 }, () => ({ calendar: event(1, "09", "Dentist") }));
  assert.throws(() => plan.withCalendars(many), { code: "MSCHED_ERROR_LIMIT" });
  assert.throws(() => plan.withCalendars(new Uint8Array(1)), /expected an array/);
  const filled = songs.schedule(plan).entries.find((entry) => entry.kind === "song");
  const play = { trackName: filled.title, artistName: filled.artist, msPlayed: 200000 };
  const history = JSON.stringify([{ ...play, endTime: "2026-11-20 10:00" }]);
  const ids = (one) => one.entries.map((entry) => entry.track_id);
  assert.ok(!ids(songs.schedule(plan.avoid(history, songs))).includes(filled.track_id));
  assert.ok(ids(songs.schedule(plan.avoid(history, songs, { days: 2 }))).includes(filled.track_id));
  assert.throws(() => plan.avoid("no history", songs), MusicschedError);
  const match = songs.match(`${filled.title} - ${filled.artist}\nNobody - No Such Song\n`);
  assert.deepEqual(
    match.songs.map((song) => song.track?.track_id),
    [filled.track_id, undefined],
  );
  const calendar = songs.schedule(plan).toICal({
    alarmMinutes: 5, name: "Tuesday", sequence: 7, refreshMinutes: 60,
  });
  assert.match(calendar, /SEQUENCE:7\r\n/);
  assert.match(calendar, /REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n/);
  assert.match(calendar, /X-WR-CALNAME:Tuesday[^]*TRIGGER:-PT5M/);
  const twice = Plan.parse("date: 2026-10-25 Europe/Berlin\nday: 00:00-12:00\nNap 20m\n", {
    now: "02:10 (second)",
  });
  assert.equal(schedule(null, twice).entries[0].start_utc, "2026-10-25T01:10:00Z");
});

test("the plays of a history are the popularity of its songs", () => {
  const play = (trackName, i) => ({
    endTime: `2026-11-${10 + i} 10:00`,
    artistName: "Ida",
    trackName,
    msPlayed: 200000,
  });
  const plays = ["Rain", "Rain", "Rain", "Sun"].map(play);
  const own = Catalog.fromHistory(JSON.stringify(plays), { name: "StreamingHistory0.json" });
  assert.equal(own.info.tracks, 2);
  const [most, least] = own.top();
  assert.deepEqual([most.title, most.popularity], ["Rain", 100]);
  assert.equal(least.popularity, 50);
  const table = "title,artist,duration,popularity\nRain,Ida,3:00,1\nFog,Ida,3:00,99\n";
  const known = Catalog.fromHistory(JSON.stringify(plays), { catalog: Catalog.parse(table) });
  assert.deepEqual(
    known.top().map((song) => [song.title, song.popularity]),
    [["Rain", 100], ["Fog", 0]],
  );
  assert.throws(() => Catalog.fromHistory("no history"), MusicschedError);
});

test("errors have code, line and column", () => {
  const unescaped = (text) =>
    text.replace(/\\(.)/g, (_, c) => ({ n: "\n", t: "\t", "\\": "\\" })[c]);
  const calls = {
    csv: (text) => Catalog.parse(text),
    plan_text: (text) => Plan.parse(text),
    plan_json: (text) => Plan.fromJSON(text),
    schedule_json: (text) => Schedule.fromJSON(text),
  };
  let checked = 0;
  for (const row of readFileSync(environment.MUSICSCHED_CASES, "utf8").split("\n")) {
    const [what, code, line, column, input] = row.split("\t");
    if (!(what in calls)) continue;
    assert.throws(
      () => calls[what](unescaped(input)),
      (error) =>
        error instanceof MusicschedError &&
        [error.code, error.line, error.column].join() === [code, line, column].join(),
      row,
    );
    checked++;
  }
  assert.ok(checked > 10);
  assert.throws(() => songs.top({ genre: "no such genre" }), { code: "MSCHED_ERROR_NOT_FOUND" });
  assert.throws(() => songs.top({ gnere: "pop" }), TypeError);
  assert.throws(() => songs.top({ limit: 1.5 }), RangeError);
  assert.throws(() => songs.top({ count: "albums" }), TypeError);
  const features = { loudnes: [0, 1] };
  assert.throws(() => songs.top({ features }), { code: "MSCHED_ERROR_ARGUMENT" });
});

test("JSON that is refused says why", () => {
  const nested = `${"[".repeat(40)}${"]".repeat(40)}`;
  const members = Array.from({ length: 70 }, (_, i) => `"k${i}":1`).join();
  for (const [text, code, column, message] of [
    ["[1, 2", "SYNTAX", 5, /unexpected end of text/],
    ['["a" "b"]', "SYNTAX", 8, /expected a comma or \]/],
    ["[01]", "SYNTAX", 2, /expected a number/],
    ["[1}", "SYNTAX", 3, /expected a comma or \]/],
    ['{"a": 1, "a": 2}', "SYNTAX", 12, /duplicate key/],
    ["[99999999999999999999]", "VALUE", 21, /out of range/],
    ["[1e999]", "VALUE", 6, /out of range/],
    ['["\\u0000"]', "VALUE", undefined, /u0000/],
    [nested, "LIMIT", 33, /nested more than 32 deep/],
    [`{${members}}`, "LIMIT", undefined, /more than 64 members/],
  ])
    assert.throws(
      () => Plan.fromJSON(text),
      (error) => {
        assert.equal(error.code, `MSCHED_ERROR_${code}`, text);
        assert.match(error.message, message, text);
        if (column !== undefined) assert.equal(error.column, column, text);
        return true;
      },
    );
});

test("numbers are written as by the library", () => {
  const csv = (value) =>
    Catalog.parse(`track_name,track_artist,popularity,tempo\nRain,Ida,5,${value}\n`, {
      defaultDurationMs: 60000,
    });
  for (const value of ["0.0009765625", "123.456789012345678", "1e-7", "200", "0.1"]) {
    const catalog = csv(value);
    const [song] = catalog.find("Rain");
    assert.equal(catalog.track(song.track_id).features.tempo, Number(value));
  }
  for (const [value, precision, text] of [
    [0.5, 1, "0.5"],
    [2.5, 1, "2"],
    [3.5, 1, "4"],
    [1e-5, 6, "1e-05"],
    [1234567, 6, "1.23457e+06"],
    [-0, 6, "-0"],
  ])
    assert.equal(shortNumber(value, precision), text);
});

test("the package has what it needs, and the size that its README states", () => {
  const folder = environment.MUSICSCHED_PACKAGE;
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" }),
  );
  const lib = ["core.js", "index.d.ts", "index.js", "number.js", "recurrence.js", "zone.js"];
  assert.deepEqual(
    files.map((file) => file.path).sort(),
    [
      ...["LICENSE", "README.md", "THIRD-PARTY.md", "musicsched.wasm", "package.json"],
      ...lib.map((name) => `lib/${name}`),
    ].sort(),
  );
  const wasm = readFileSync(`${folder}/musicsched.wasm`);
  const sizes = { gzip: gzipSync(wasm, { level: 9 }).length, br: brotliCompressSync(wasm).length };
  const told = /is (\d+) kB after gzip and (\d+) kB after Brotli/.exec(
    readFileSync(`${folder}/README.md`, "utf8"),
  );
  for (const [i, size] of [sizes.gzip, sizes.br].entries()) {
    const more = Math.round(size / 1000) - Number(told[i + 1]);
    assert.ok(more <= 0 && more >= -5, `${size} bytes, ${told[0]}`);
  }
});

test("every export has its type", async () => {
  const types = readFileSync(`${environment.MUSICSCHED_PACKAGE}/lib/index.d.ts`, "utf8").replace(
    /\/\*[^]*?\*\/|\/\/.*/g,
    "",
  );
  const names = [...Object.keys(await import(entry)), ...Object.keys(await load())];
  for (const name of names) assert.match(types, new RegExp(`\\b${name}\\b`), name);
  for (const one of [Calendar, Catalog, Plan, Schedule])
    for (const owner of [one, one.prototype])
      for (const name of Object.getOwnPropertyNames(owner))
        if (!["length", "name", "prototype", "constructor"].includes(name))
          assert.match(types, new RegExp(`\\b${name}\\??\\s*[(:<]`), `${one.name}.${name}`);
});

test("time zones of the host, in which clocks change", () => {
  for (const [date, zone, real] of [
    ["2026-10-25", "Europe/Berlin", 10800],
    ["2026-03-29", "Europe/Berlin", 3600],
    ["2026-11-01", "America/New_York", 10800],
    ["2026-04-05", "Australia/Lord_Howe", 9000],
    ["2026-06-01", "Asia/Kolkata", 7200],
  ]) {
    const text = `date: ${date} ${zone}\nday: 00:00-24:00\n1:00-3:00 Night shift\n`;
    const day = schedule(null, Plan.parse(text));
    const [entry] = day.entries;
    assert.equal((Date.parse(entry.end_utc) - Date.parse(entry.start_utc)) / 1000, real, zone);
  }
  const { diagnostics } = Plan.parse("date: 2026-11-24 Europe/Atlantis\nGym 1h\n");
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    ["unknown_timezone"],
  );
});

test("schedules are the same bytes as the library's", () => {
  const lines = (name) => readFileSync(environment[name], "utf8").trimEnd().split("\n");
  const requests = lines("MUSICSCHED_REQUESTS");
  const answers = lines("MUSICSCHED_ANSWERS").map((line) => line.trimEnd());
  assert.ok(requests.length >= 560);
  for (const [i, line] of requests.entries()) {
    const { plan, options = {} } = JSON.parse(line);
    let found;
    try {
      const { seed, work_limit: workLimit } = options;
      const day = songs.schedule(Plan.fromJSON(plan), { seed, workLimit });
      found = day.json.replaceAll("\n", " ").trimEnd();
    } catch (error) {
      found = JSON.stringify({ error: error.message, code: error.code });
    }
    assert.equal(found, answers[i], `request ${i}`);
  }
});

test("files, packed files, and what is not a songs file", async () => {
  const packed = await Catalog.read(new Blob([gzipSync(sample)]));
  assert.deepEqual(packed.info.tracks, songs.info.tracks);
  const answer = await Catalog.read(new Response(sample));
  assert.deepEqual(answer.top(), songs.top());
  await assert.rejects(Catalog.read("<!DOCTYPE html><html></html>"), /web page/i);
});

test("closed objects are refused, and memory comes back", async () => {
  const one = Catalog.parse(sample);
  one.close();
  one.close();
  assert.throws(() => one.top(), {
    code: "MSCHED_ERROR_ARGUMENT",
    message: "the catalog is closed",
  });
  // The memory of a module, which never shrinks, is seen where the module is instantiated.
  const Instance = WebAssembly.Instance;
  let memory;
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      memory = this.exports.memory;
    }
  };
  const own = await load(readFileSync(`${environment.MUSICSCHED_PACKAGE}/musicsched.wasm`));
  WebAssembly.Instance = Instance;
  const round = () => {
    const catalog = own.Catalog.parse(sample);
    const plan = own.Plan.parse(DAY, { catalog });
    const day = catalog.schedule(plan);
    day.toString();
    for (const object of [day, plan, catalog]) object.close();
  };
  for (let i = 0; i < 5; i++) round();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 100; i++) round();
  assert.equal(memory.buffer.byteLength, before);
});

test("in a worker", async () => {
  const script = `
    import(${JSON.stringify(entry)}).then(async ({ load }) => {
      const { Plan, schedule } = await load();
      const day = schedule(null, Plan.parse("date: 2026-11-24\\nGym 1h\\n"));
      require("node:worker_threads").parentPort.postMessage(day.entries[0].title);
    });`;
  const title = await new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true });
    worker.on("message", resolve);
    worker.on("error", reject);
  });
  assert.equal(title, "Gym");
});

test("rows that cannot be read are left out and listed", () => {
  const text = "track_name,track_artist,popularity\n" +
    "Rain,Ida,5\nSun,Ida,7,60\nSea,Orson\nSea,Orson,9\nFog,,3\nTotal,,24\nMist,Max,1\nDew,Max,2\n" +
    "Ice,Max,2\n";
  const songs = Catalog.parse(text, { name: "songs.csv" });
  assert.equal(songs.info.entries, 5);
  assert.equal(songs.info.rowsSkipped, 4);
  const [file] = songs.report().files;
  assert.deepEqual(
    file.left_out.map((row) => row.line),
    [3, 4, 6, 7],
  );
  assert.match(file.left_out[0].message, /the row has 4 fields, but the header has 3/);
  assert.equal(file.bad_rows + file.lost_rows, 4);
  assert.match(songs.reportText(), /line 4: the row ends after field 2 of 3/);
  const refused = (options, input) => {
    try {
      Catalog.parse(input, options);
    } catch (error) {
      return error;
    }
    assert.fail("it was read");
  };
  const header = "track_id,track_name,track_artist,track_popularity,duration_ms\n";
  const strict = refused({ strict: true }, `${header}a1,Rain,Ida,5,1000\na2,Sun,Ida,7\n`);
  assert.ok(strict instanceof MusicschedError);
  assert.equal(strict.line, 3);
  const most = "track_name,track_artist,popularity\nRain,Ida,5\nSun,Ida\nSea,Orson\n";
  assert.match(refused({}, most).message, /2 of 3 rows/);
  assert.equal(Catalog.parse(most, { skipBadRows: true }).info.entries, 1);
});
