/*
 * What this page has next to its files: here a server that plans. `make site` writes another one of
 * this file, for a page that plans by itself.
 */
export const site = { planner: '', songs: '', server: true };
