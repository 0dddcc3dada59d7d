/*
 * Which services the page uses: here a server that plans. `make site` replaces this file for a page
 * that plans by itself.
 */
export const site = { planner: '', songs: '', recurrence: '', server: true };
