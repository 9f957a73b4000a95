/** A stream of answers on its way to a client, kept from growing: whoever does not read what it asked for is cut off. */

/** Bytes that wait for one reader before it is cut off; one answer may be longer. */
export const unreadMaxBytes = 1024 * 1024;

/** The beginning of a stream of events that has none to tell yet: a comment. Without a byte of it the answer's head is not sent. */
const opening = new TextEncoder().encode(":\n\n");

/** The same answer, its body bounded. `ended` is called once, however it ends; at once where there is no body. */
export function boundedAnswer(answer: Response, ended: () => void = () => {}): Response {
  if (!answer.body) {
    ended();
    return answer;
  }
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  return new Response(bounded(answer.body, ended, { first: isStream ? opening : undefined }), answer);
}

/** The same bytes, behind those of `first`. Where more wait than may, it breaks off; `ended` is called once, however it ends. */
export function bounded(
  source: ReadableStream<Uint8Array>,
  ended: () => void,
  { maxBytes = unreadMaxBytes, first }: { maxBytes?: number; first?: Uint8Array | undefined } = {},
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let isOver = false;
  const end = () => {
    if (!isOver) ended();
    isOver = true;
  };
  const pass = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    for (;;) {
      const { done, value } = await reader.read();
      if (isOver) return;
      if (done) {
        controller.close();
        return end();
      }
      if ((controller.desiredSize ?? 0) <= 0)
        throw new Error(`More than ${maxBytes} bytes wait for a client that does not read`);
      controller.enqueue(value);
    }
  };
  return new ReadableStream(
    {
      start(controller) {
        if (first) controller.enqueue(first);
        void pass(controller).catch((error: unknown) => {
          controller.error(error);
          end();
          return reader.cancel(error);
        });
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: maxBytes, size: (chunk?: Uint8Array) => chunk?.byteLength ?? 0 },
  );
}
