// Plans a day: node day.mjs SONGS.csv PLAN.txt
import { readFileSync } from "node:fs";
import { load } from "musicsched";

const [songs, plan] = process.argv.slice(2);
const { Catalog, Plan } = await load();
const catalog = await Catalog.read(readFileSync(songs));
const text = readFileSync(plan, "utf8");
process.stdout.write(catalog.schedule(Plan.parse(text, { catalog })).json);
