package org.musicsched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** Run by `mvn verify`, with the native library that the jar has. */
class DayTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 24);
    private static final String SONGS =
        "track_id,track_name,track_artist,track_popularity,duration_ms\nid1,A,B,50,200000\n";

    @Test
    void timesAreThoseOfJava() {
        try (Catalog catalog = Catalog.parse(SONGS);
                Plan plan = Plan.fromText("9-17 Work\nGym 1h after 17:00\n", catalog,
                    DATE.toString(), "Europe/Berlin");
                Schedule day = catalog.schedule(plan)) {
            Schedule.Entry gym = day.entries().get(1);
            assertEquals(DATE, day.date());
            assertEquals(LocalDateTime.of(2026, 11, 24, 17, 5), day.start(gym));
            assertEquals(Instant.parse("2026-11-24T16:05:00Z"), gym.startUtc());
            assertEquals(Duration.ofHours(1), gym.duration());
            try (Schedule later = catalog.schedule(plan.withNow(LocalTime.of(18, 30)))) {
                assertEquals(LocalDateTime.of(2026, 11, 24, 18, 30),
                    later.start(later.entries().get(1)));
            }
        }
    }

    @Test
    void aDayWithoutAZoneHasNoInstants() {
        try (Catalog catalog = Catalog.parse(SONGS);
                Plan plan = Plan.fromText("9-17 Work\n", catalog, DATE.toString(), "");
                Schedule day = catalog.schedule(plan)) {
            assertNull(day.entries().get(0).startUtc());
            assertTrue(day.toString().contains("Work"));
        }
    }

    @Test
    void errorsSayWhere() {
        MusicschedException problem = assertThrows(MusicschedException.class,
            () -> Plan.fromText("9-17 Work\nGym 1h after:nothing\n", null, DATE.toString(), ""));
        assertEquals(2, problem.getLine());
    }
}
