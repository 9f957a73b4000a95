/** The routes that earn most, in words: what the map draws as curves. */
import type { Universe } from "../map/universe.ts";
import { rate } from "../words.ts";

const shownMax = 10;

interface RoutesParts {
  readonly universe: Universe;
  readonly find: (sector: number) => void;
}

export function Routes({ universe, find }: RoutesParts) {
  const routes = universe.routes.value.slice(0, shownMax);
  if (routes.length === 0) return <p class="quiet">No pair of ports is known that earns anything</p>;
  return (
    <table class="map-table">
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Warps</th>
          <th scope="col">Credits/turn</th>
          <th scope="col">Carried</th>
        </tr>
      </thead>
      <tbody>
        {routes.map(({ from, to, hops, credits_per_turn, out, back, in_work }) => (
          <tr key={`${from} ${to}`}>
            {[from, to].map((sector) => (
              <td key={sector}>
                <button type="button" class="map-warp" onClick={() => find(sector)}>
                  {sector}
                </button>
              </td>
            ))}
            <td class="number">{hops}</td>
            <td class="number">{rate(credits_per_turn)}</td>
            <td>
              {out}
              {back !== undefined && `; back ${back}`}
              {in_work && <strong class="good"> in work</strong>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
