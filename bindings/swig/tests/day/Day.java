import java.nio.file.Files;
import java.nio.file.Path;
import org.musicsched.Catalog;
import org.musicsched.Plan;
import org.musicsched.Schedule;

/** Plans a day: java Day.java SONGS.csv PLAN.txt. */
public class Day {
    public static void main(String[] arguments) throws Exception {
        try (Catalog catalog = Catalog.read(Path.of(arguments[0]));
                Plan plan = Plan.fromText(Files.readString(Path.of(arguments[1])), catalog);
                Schedule day = catalog.schedule(plan)) {
            System.out.print(day.toJson());
        }
    }
}
