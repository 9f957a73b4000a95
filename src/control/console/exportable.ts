/** What can be exported, and how: apart from the doing, so that --help need not load it. */
export const exportables = ["bots", "events", "timeseries", "trades"] as const;
export type Exportable = (typeof exportables)[number];
export const formats = ["csv", "json", "ndjson"] as const;
export type Format = (typeof formats)[number];
