/** Tabs of a bot's page that are lists: what it decided, traded, lived through. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { OperationOutput } from "../../proto/operations.ts";
import { attempt, manager, newDoing, wordsOfRefusal } from "../asked.ts";
import { clean, clock, dateAndTime, grouped, rate } from "../words.ts";
import { useFollowing } from "./bot-follow.ts";
import type { History } from "./bot-history.ts";
import { tradeOf, type Trade } from "./bot-words.ts";

/** A worker is asked for its decisions no more often than this, in milliseconds. */
const decisionsPaceMs = 2000;

type Decision = OperationOutput<"botDecisions">["decisions"][number];

export function Decisions({ bot }: { readonly bot: string }) {
  const decisions = useSignal<readonly Decision[] | undefined>(undefined);
  const refusal = useSignal<string | undefined>(undefined);
  useFollowing(bot, decisionsPaceMs, async () => {
    try {
      decisions.value = (await manager.botDecisions({ bot_id: bot })).decisions;
      refusal.value = undefined;
    } catch (error) {
      refusal.value = wordsOfRefusal(error);
    }
  });
  const known = decisions.value;
  return (
    <>
      {refusal.value !== undefined && (
        <p class="warning">
          {clean(refusal.value)}
          {known && ": these are the last that were heard of"}
        </p>
      )}
      {known?.length === 0 && <p class="quiet">It has decided nothing yet</p>}
      {known && known.length > 0 && (
        <Table heads={["When", "What", "Sector", "Why"]} label="Decisions, newest first">
          {known.map(({ at, intent, why, sector }, index) => (
            <tr key={`${at} ${known.length - index}`}>
              <Time at={at} />
              <td>{clean(intent)}</td>
              <td class="number">{sector === 0 ? "–" : sector}</td>
              <td class="wide">{clean(why)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

export function Trades({ history }: { readonly history: History }) {
  const trades = history.events.value.flatMap((event) => tradeOf(event) ?? []);
  const shares = trades.flatMap(({ share }) => share ?? []);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return (
    <>
      {trades.length > 0 && (
        <p class="quiet">
          {grouped(trades.length)} trades here
          {shares.length > 0 && `; of the best price ${percent(mean)} was got on average`}
        </p>
      )}
      {trades.length === 0 && history.isKnown.value && <p class="quiet">It has traded nothing yet</p>}
      {trades.length > 0 && (
        <Table
          heads={["When", "Sector", "Product", "Units", "Credits", "A unit", "Best price", "Got", "Offers"]}
          label="Trades, newest first"
        >
          {trades.map((trade) => (
            <TradeRow key={`${trade.at} ${trade.product} ${trade.credits}`} trade={trade} />
          ))}
        </Table>
      )}
      <More history={history} />
    </>
  );
}

function TradeRow({ trade }: { readonly trade: Trade }) {
  const { at, sector, product, units, credits, perUnit, hidden, share, offers } = trade;
  const paid = Math.abs(credits);
  return (
    <tr>
      <Time at={at} />
      <td class="number">{sector}</td>
      <td>
        {credits < 0 ? "bought" : "sold"} {clean(product)}
      </td>
      <td class="number">{grouped(units)}</td>
      <td class={`number ${credits < 0 ? "" : "good"}`}>
        {credits < 0 ? "−" : "+"}
        {grouped(paid)}
      </td>
      <td class="number">{rate(perUnit)}</td>
      <td class="number">{hidden === undefined ? "–" : grouped(hidden)}</td>
      <td class="number">{share === undefined ? "–" : percent(share)}</td>
      <td class="number">{offers ?? "–"}</td>
    </tr>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const tones = { info: "", warning: "warning", error: "bad" } as const;

export function Events({ history }: { readonly history: History }) {
  const events = history.events.value;
  return (
    <>
      {events.length === 0 && history.isKnown.value && <p class="quiet">Nothing has happened yet</p>}
      {events.length > 0 && (
        <Table heads={["When", "Kind", "What"]} label="Events, newest first">
          {events.map(({ at, type, severity, text }) => (
            <tr key={`${at} ${type} ${text}`}>
              <Time at={at} />
              <td class={tones[severity]}>{severity === "info" ? type : `${type} (${severity})`}</td>
              <td class="wide">{clean(text)}</td>
            </tr>
          ))}
        </Table>
      )}
      <More history={history} />
    </>
  );
}

function More({ history }: { readonly history: History }) {
  const doing = useMemo(newDoing, [history]);
  if (!history.hasMore.value) return null;
  const isBusy = doing.value.how === "pending";
  return (
    <p>
      <button
        type="button"
        disabled={isBusy}
        aria-busy={isBusy}
        onClick={() => void attempt(doing, history.more, () => "")}
      >
        {isBusy ? "Asking…" : "More"}
      </button>
      {doing.value.how === "refused" && <span class="bad"> {clean(doing.value.told)}</span>}
    </p>
  );
}

const Time = ({ at }: { readonly at: number }) => (
  <td class="time">
    <time dateTime={new Date(at).toISOString()} title={dateAndTime(at)}>
      {clock(at)}
    </time>
  </td>
);

interface TableProps {
  readonly heads: readonly string[];
  readonly label: string;
  readonly children: preact.ComponentChildren;
}

function Table({ heads, label, children }: TableProps) {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
