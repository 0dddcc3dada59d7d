// Asks the server with the types that openapi-typescript makes of /openapi.json. Compiled strictly, then run by node.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { env: Record<string, string | undefined>; exitCode: number };

const client = createClient<paths>({ baseUrl: process.env.BASE! });

function check(what: string, holds: boolean): void {
  if (!holds) {
    console.error("not so: " + what);
    process.exitCode = 1;
  }
}

const day = await client.POST("/api/v1/schedule", {
  params: { query: { seed: 1 } },
  body: { date: "2026-11-24", todos: [{ title: "Work", start: "09:00", end: "17:00" }] },
});
check("a plan is scheduled", typeof day.data === "object" && "entries" in day.data && day.data.entries.length === 1);

const text = await client.POST("/api/v1/schedule", {
  params: { query: { date: "2026-11-24", timezone: "Europe/Berlin", now: "08:00", events: "todos" } },
  headers: { "Content-Type": "text/plain", Accept: "text/calendar" },
  body: "9-17 Work",
  bodySerializer: (body: unknown) => body as string,
  parseAs: "text",
});
check("plan text becomes a calendar", String(text.data).startsWith("BEGIN:VCALENDAR"));

const ics = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:run", "DTSTAMP:20261101T000000Z",
  "DTSTART:20261124T180000", "DTEND:20261124T190000", "SUMMARY:Run", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");
const agenda = await client.POST("/api/v1/calendar", {
  params: { query: { date: "2026-11-24", days: 7, name: "home" } },
  headers: { "Content-Type": "text/calendar" },
  body: ics,
  bodySerializer: (body: unknown) => body as string,
});
check("a calendar has an agenda", agenda.data?.events[0]?.title === "Run" && agenda.data.left_out.length === 0);

const both = await client.POST("/api/v1/schedule", {
  headers: { "Content-Type": "application/vnd.musicsched.request+json" },
  body: { text: "9-17 Work", date: "2026-11-24", assume_done: true, calendars: [{ ics, music: true }] },
});
check("a day takes a calendar", typeof both.data === "object" && "entries" in both.data && both.data.entries.length === 2);

const filter = { count: "tracks", year_min: 1990, energy_min: 0.1, exclude_zero: true } as const;
const top = await client.GET("/api/v1/popularity/top", { params: { query: { ...filter, limit: 3 } } });
check("the top is three songs", top.data?.songs.length === 3);

const song = await client.GET("/api/v1/songs/{id}", { params: { path: { id: top.data!.songs[0]!.track_id } } });
check("a song is found by its id", song.data?.title === top.data!.songs[0]!.title);

const hits = await client.GET("/api/v1/songs", { params: { query: { q: song.data!.title, mode: "suggest", limit: 5 } } });
check("a song is found by its title", (hits.data?.songs.length ?? 0) > 0);

const groups = await client.GET("/api/v1/popularity/groups", { params: { query: { by: "genre", order: "mean", min_n: 1 } } });
check("there are genres", (groups.data?.groups.length ?? 0) > 0);

const wrong = await client.GET("/api/v1/popularity/histogram", { params: { query: { bins: 1000 } } });
check("a problem has a code", wrong.error?.code === "bad_parameter");
