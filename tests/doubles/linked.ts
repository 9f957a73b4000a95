/** A worker that only has a link: says two notes when it is welcome, ends with 0 when it is told to stop, and with 4 when its manager is lost. */
import { ipcLine } from "../../src/io/line-ipc.ts";
import { unixLine } from "../../src/io/line-unix.ts";
import { createLink } from "../../src/io/link.ts";
import { createSession } from "../../src/proto/session.ts";

const link = createLink({
  botId: "b",
  session: createSession("00112233aabbccdd", "b", process.pid),
  handler: {
    broke: () => undefined,
    message: (message) => {
      if (message.type === "order") void link.close().then(() => process.exit(0));
    },
    lost: () => process.exit(4),
  },
  first: ipcLine,
  again: (welcome) => (welcome?.door === undefined ? undefined : unixLine(welcome.door)),
});
try {
  await link.welcomed;
} catch {
  process.exit(4);
}
for (const text of ["one", "two"]) link.say({ type: "note", severity: "info", text });
