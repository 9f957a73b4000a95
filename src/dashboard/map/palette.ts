/** Colours of ports: by what they sell, for that is what one comes for. Their values, dark and light, are in the style sheet. */
import { colourOf } from "../theme.ts";
import { portNames } from "./chart.ts";

/** Colours of the style sheet for one picture: each is looked up once, for a look takes as long as a hundred dots. */
export function inks(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let colour = known.get(name);
    if (colour === undefined) known.set(name, (colour = colourOf(name)));
    return colour;
  };
}

/** The name of a variable of the style sheet. */
export const portColour = (portClass: number): string => `map-port-${portClass}`;

/** Classes in the order of a legend, with what traders call them. */
export const portLegend: readonly { readonly class: number; readonly name: string; readonly told: string }[] =
  portNames.map((name, portClass) => ({ class: portClass, name, told: tellOf(name) }));

function tellOf(name: string): string {
  if (name === "StarDock") return "ships, bank, shipyards";
  if (name === "Special") return "holds, fighters, shields";
  const sold = ["ore", "organics", "equipment"].filter((_, good) => name[good] === "S");
  return sold.length === 0 ? "buys everything" : `sells ${sold.join(", ")}`;
}
