/** Tabs of a bot's page that are text: its log, followed while it is looked at, and its configuration. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { manager, wordsOfRefusal } from "../asked.ts";
import { clean } from "../words.ts";
import { useFollowing } from "./bot-follow.ts";
import { noLog, readAnew, readOn, type KnownLog } from "./bot-log-lines.ts";

/** The log is read on no more often than this, in milliseconds. */
const logPaceMs = 1000;
const fewLines = 200;
const manyLines = 1000;

export function Log({ bot }: { readonly bot: string }) {
  const log = useSignal<KnownLog>(noLog);
  const lines = useSignal(fewLines);
  const refusal = useSignal<string | undefined>(undefined);
  const place = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);

  const read = async (): Promise<void> => {
    try {
      const known = log.value;
      const isNew = known.next === 0 || known.isCut;
      log.value = isNew
        ? readAnew(await manager.botLogTail({ bot_id: bot, lines: lines.value }))
        : readOn(known, await manager.botLogs({ bot_id: bot, offset: known.next, limit: manyLines }));
      refusal.value = undefined;
      if (log.value.isCut) await read();
    } catch (error) {
      refusal.value = wordsOfRefusal(error);
    }
  };
  useFollowing(bot, logPaceMs, read);
  useLayoutEffect(() => {
    if (isAtEnd.current) place.current!.scrollTop = place.current!.scrollHeight;
  }, [log.value]);

  return (
    <>
      {refusal.value !== undefined && <p class="warning">{clean(refusal.value)}</p>}
      {lines.value === fewLines && log.value.lines.length >= fewLines && (
        <p>
          <button
            type="button"
            onClick={() => {
              lines.value = manyLines;
              log.value = noLog;
              void read();
            }}
          >
            More
          </button>
        </p>
      )}
      <pre
        class="text"
        ref={place}
        tabIndex={0}
        role="region"
        aria-label="Log, newest last"
        onScroll={({ currentTarget: at }) =>
          (isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < 8)
        }
      >
        {log.value.lines.length === 0
          ? "Its log is empty"
          : log.value.lines.map((line, index) => (
              <span key={index} class={toneOfLine(line)}>
                {clean(line)}
                {"\n"}
              </span>
            ))}
      </pre>
    </>
  );
}

const toneOfLine = (line: string): string =>
  / error\b/.test(line.slice(0, 40)) ? "bad" : / warn(ing)?\b/.test(line.slice(0, 40)) ? "warning" : "";

export function Configuration({ bot }: { readonly bot: string }) {
  const told = useSignal<{ name: string; text: string } | undefined>(undefined);
  const refusal = useSignal<string | undefined>(undefined);
  useEffect(() => {
    manager.botConfig({ bot_id: bot }).then(
      ({ config_name, config }) =>
        (told.value = { name: config_name, text: JSON.stringify(config, undefined, 2) }),
      (error: unknown) => (refusal.value = wordsOfRefusal(error)),
    );
  }, [bot]);
  if (refusal.value !== undefined) return <p class="bad">{clean(refusal.value)}</p>;
  if (!told.value) return <p class="quiet">Asking</p>;
  const { name, text } = told.value;
  return (
    <>
      <p class="quiet">From {clean(name)}; secrets are masked</p>
      <pre class="text" tabIndex={0} role="region" aria-label="Configuration">
        {text.split("\n").map(clean).join("\n")}
      </pre>
    </>
  );
}
