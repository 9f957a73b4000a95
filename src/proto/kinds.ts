/** The kinds of configuration files by name, for whoever needs none of their schemas. */

export const configKinds = ["bot", "manager", "host", "cli"] as const;
export type ConfigKind = (typeof configKinds)[number];
