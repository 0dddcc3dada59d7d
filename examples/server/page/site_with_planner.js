/* The services of the page if a server also serves a folder of `make site`. */
export const site = {
  planner: './planner.js',
  songs: './songs.csv.gz',
  recurrence: '' /* the server expands recurring events */,
  server: true,
};
