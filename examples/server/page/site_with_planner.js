/* What stands beside this page's files where a server has a folder of `make site`, too. */
export const site = { planner: './planner.js', songs: './songs.csv.gz', server: true };
