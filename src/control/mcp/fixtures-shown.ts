/** The part of the fixtures that is only shown: contents of every kind, resources and prompts. */
import {
  completable,
  ResourceTemplate,
  type CallToolResult,
  type McpServer,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { said } from "./fixtures-asking.ts";

/** One red pixel, and eight samples of silence. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
const wav = "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==";

const image = { type: "image", data: png, mimeType: "image/png" } as const;

export function addContents(server: McpServer): void {
  const tool = (name: string, description: string, content: CallToolResult["content"]) =>
    server.registerTool(name, { description }, () => ({ content }));
  tool("test_simple_text", "Answers with text", said("This is a simple text response for testing.").content);
  tool("test_image_content", "Answers with a picture", [image]);
  tool("test_audio_content", "Answers with sound", [{ type: "audio", data: wav, mimeType: "audio/wav" }]);
  tool("test_embedded_resource", "Answers with a resource", [
    {
      type: "resource",
      resource: {
        uri: "test://embedded-resource",
        mimeType: "text/plain",
        text: "This is an embedded resource content.",
      },
    },
  ]);
  tool("test_multiple_content_types", "Answers with text, a picture and a resource", [
    { type: "text", text: "Multiple content types test:" },
    image,
    {
      type: "resource",
      resource: {
        uri: "test://mixed-content-resource",
        mimeType: "application/json",
        text: JSON.stringify({ test: "data", value: 123 }),
      },
    },
  ]);
  server.registerTool("test_error_handling", { description: "Fails" }, () => ({
    ...said("This tool intentionally returns an error for testing"),
    isError: true,
  }));
}

export function addResources(server: McpServer): void {
  const text = "This is the content of the static text resource.";
  server.registerResource(
    "text",
    "test://static-text",
    { description: "Text that stays", mimeType: "text/plain" },
    ({ href }) => ({ contents: [{ uri: href, mimeType: "text/plain", text }] }),
  );
  server.registerResource(
    "binary",
    "test://static-binary",
    { description: "A picture that stays", mimeType: "image/png" },
    ({ href }) => ({ contents: [{ uri: href, mimeType: "image/png", blob: png }] }),
  );
  server.registerResource(
    "watched",
    "test://watched-resource",
    { description: "Something to watch", mimeType: "text/plain" },
    ({ href }) => ({ contents: [{ uri: href, mimeType: "text/plain", text }] }),
  );
  server.registerResource(
    "template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { description: "One for each id", mimeType: "application/json" },
    ({ href }, { id }) => ({
      contents: [
        {
          uri: href,
          mimeType: "application/json",
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
        },
      ],
    }),
  );
  // Whoever subscribes is only told that it was heard: nothing here changes.
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));
}

const fromUser = <C>(content: C) => ({ role: "user" as const, content });

export function addPrompts(server: McpServer): void {
  const text = (words: string) => fromUser({ type: "text" as const, text: words });
  server.registerPrompt("test_simple_prompt", { description: "Says one thing" }, () => ({
    messages: [text("This is a simple prompt for testing.")],
  }));
  const word = completable(z.string().describe("Any word"), (begun) =>
    ["park", "party"].filter((one) => one.startsWith(begun)),
  );
  server.registerPrompt(
    "test_prompt_with_arguments",
    { description: "Says what it is given", argsSchema: z.object({ arg1: word, arg2: word }) },
    ({ arg1, arg2 }) => ({
      messages: [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
    }),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "Shows a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => ({
      messages: [
        fromUser({
          type: "resource" as const,
          resource: { uri, mimeType: "text/plain", text: "Embedded resource content for testing." },
        }),
        text("Please process the embedded resource above."),
      ],
    }),
  );
  server.registerPrompt("test_prompt_with_image", { description: "Shows a picture" }, () => ({
    messages: [fromUser(image), text("Please analyze the image above.")],
  }));
}
