/** The part of the fixtures that asks: by requests to the client in the older era, by results that want more in the newer. */
import {
  acceptedContent,
  inputRequired,
  inputResponse,
  type CallToolResult,
  type ElicitRequestFormParams,
  type McpServer,
  type RequestStateCodec,
} from "@modelcontextprotocol/server";
import { z } from "zod";

type Asked = ElicitRequestFormParams["requestedSchema"];

export const said = (text: string): CallToolResult => ({ content: [{ type: "text", text }] });
const user = (text: string) => ({ role: "user" as const, content: { type: "text" as const, text } });
const Named = z.object({ name: z.string() });
const askName = (message: string) => inputRequired.elicit({ message, requestedSchema: Named });
const askModel = (question: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [user(question)], maxTokens });

export function addAsking(server: McpServer, state: RequestStateCodec): void {
  addRequests(server);
  addInputRequired(server);
  addWithState(server, state);
}

/** Requests from the server to its client. */
function addRequests(server: McpServer): void {
  server.registerTool(
    "test_sampling",
    { description: "Asks the client's model", inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, { mcpReq }) => {
      const { content } = await mcpReq.requestSampling({ messages: [user(prompt)], maxTokens: 100 });
      return said(`LLM response: ${JSON.stringify(content)}`);
    },
  );
  const text = (description: string) => ({ type: "string" as const, description });
  server.registerTool(
    "test_elicitation",
    { description: "Asks the user who they are", inputSchema: z.object({ message: z.string() }) },
    async ({ message }, { mcpReq }) => {
      const { action, content } = await mcpReq.elicitInput({
        message,
        requestedSchema: {
          type: "object",
          properties: { username: text("User's response"), email: text("User's email address") },
          required: ["username", "email"],
        },
      });
      return said(`User response: action=${action}, content=${JSON.stringify(content)}`);
    },
  );
  askForm(server, "test_elicitation_sep1034_defaults", {
    type: "object",
    properties: {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    },
  });
  const titled = (word: string) =>
    ["First", "Second", "Third"].map((title, index) => ({
      const: `value${index + 1}`,
      title: `${title} ${word}`,
    }));
  const options = ["option1", "option2", "option3"];
  askForm(server, "test_elicitation_sep1330_enums", {
    type: "object",
    properties: {
      untitledSingle: { type: "string", enum: options },
      titledSingle: { type: "string", oneOf: titled("Option") },
      legacyEnum: {
        type: "string",
        enum: ["opt1", "opt2", "opt3"],
        enumNames: ["Option One", "Option Two", "Option Three"],
      },
      untitledMulti: { type: "array", items: { type: "string", enum: options } },
      titledMulti: { type: "array", items: { anyOf: titled("Choice") } },
    },
  });
}

function askForm(server: McpServer, name: string, requestedSchema: Asked): void {
  server.registerTool(name, { description: "Asks the user to fill in a form" }, async ({ mcpReq }) => {
    const { action, content } = await mcpReq.elicitInput({ message: "Fill this in", requestedSchema });
    return said(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`);
  });
}

/** One question, asked anew until the answer fits. */
function addInputRequired(server: McpServer): void {
  for (const name of ["test_input_required_result_elicitation", "test_streaming_elicitation"])
    server.registerTool(name, { description: "Asks for a name" }, ({ mcpReq }) => {
      const given = acceptedContent(mcpReq.inputResponses, "user_name", Named);
      if (given) return said(`Hello, ${given.name}!`);
      return inputRequired({ inputRequests: { user_name: askName("What is your name?") } });
    });
  server.registerTool(
    "test_input_required_result_sampling",
    { description: "Asks a model" },
    ({ mcpReq }) => {
      const answer = inputResponse(mcpReq.inputResponses, "capital_question");
      if (answer.kind === "sampling") return said(JSON.stringify(answer.result.content));
      return inputRequired({
        inputRequests: { capital_question: askModel("What is the capital of France?", 100) },
      });
    },
  );
  server.registerTool(
    "test_input_required_result_list_roots",
    { description: "Asks for folders" },
    ({ mcpReq }) => {
      const answer = inputResponse(mcpReq.inputResponses, "client_roots");
      if (answer.kind === "roots") return said(answer.roots.map(({ uri }) => uri).join(" "));
      return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    },
  );
  server.registerTool(
    "test_input_required_result_capabilities",
    { description: "Asks for what the client can give" },
    ({ mcpReq }) => {
      const can = server.server.getClientCapabilities() ?? {};
      if (mcpReq.inputResponses || !(can.sampling || can.elicitation)) return said("Asked for nothing more");
      return inputRequired({
        inputRequests: {
          ...(can.sampling && { model: askModel("Say a word", 10) }),
          ...(can.elicitation && { user_name: askName("What is your name?") }),
        },
      });
    },
  );
  // Whoever has no model never gets this far: what nobody can answer is not asked.
  server.registerTool("test_missing_capability", { description: "Needs a client's model" }, ({ mcpReq }) =>
    mcpReq.inputResponses
      ? said("There is one")
      : inputRequired({ inputRequests: { model: askModel("Say a word", 10) } }),
  );
  const Context = z.object({ context: z.string() });
  server.registerPrompt(
    "test_input_required_result_prompt",
    { description: "Asks before it speaks" },
    ({ mcpReq }) => {
      const given = acceptedContent(mcpReq.inputResponses, "user_context", Context);
      if (given) return { messages: [user(`In this context: ${given.context}`)] };
      return inputRequired({
        inputRequests: {
          user_context: inputRequired.elicit({
            message: "What context should the prompt use?",
            requestedSchema: Context,
          }),
        },
      });
    },
  );
}

/** Questions whose thread the client keeps, signed, between one round and the next. */
function addWithState(server: McpServer, state: RequestStateCodec): void {
  for (const name of [
    "test_input_required_result_request_state",
    "test_input_required_result_tampered_state",
  ])
    server.registerTool(name, { description: "Asks, and knows again that it asked" }, async ({ mcpReq }) => {
      if (mcpReq.requestState<{ asked: boolean }>()?.asked === true && mcpReq.inputResponses)
        return said("state-ok");
      return inputRequired({
        inputRequests: {
          confirm: inputRequired.elicit({
            message: "Please confirm",
            requestedSchema: z.object({ ok: z.boolean() }),
          }),
        },
        requestState: await state.mint({ asked: true }),
      });
    });
  server.registerTool(
    "test_input_required_result_multiple_inputs",
    { description: "Asks three things at once" },
    async ({ mcpReq }) => {
      const given = acceptedContent(mcpReq.inputResponses, "user_name", Named);
      const greeting = inputResponse(mcpReq.inputResponses, "greeting");
      const roots = inputResponse(mcpReq.inputResponses, "client_roots");
      if (given && greeting.kind === "sampling" && roots.kind === "roots")
        return said(`${given.name}: ${JSON.stringify(greeting.result.content)}, ${roots.roots.length} roots`);
      return inputRequired({
        inputRequests: {
          user_name: askName("What is your name?"),
          greeting: askModel("Generate a greeting", 50),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await state.mint({ asked: true }),
      });
    },
  );
  const Colour = z.object({ color: z.string() });
  server.registerTool(
    "test_input_required_result_multi_round",
    { description: "Asks one thing after another" },
    async ({ mcpReq }) => {
      const known = mcpReq.requestState<{ name?: string }>()?.name;
      const colour = acceptedContent(mcpReq.inputResponses, "step2", Colour)?.color;
      if (known !== undefined && colour !== undefined) return said(`${known} likes ${colour}`);
      const name = known ?? acceptedContent(mcpReq.inputResponses, "step1", Named)?.name;
      if (name === undefined)
        return inputRequired({
          inputRequests: { step1: askName("Step 1: What is your name?") },
          requestState: await state.mint({}),
        });
      return inputRequired({
        inputRequests: {
          step2: inputRequired.elicit({
            message: "Step 2: What is your favorite color?",
            requestedSchema: Colour,
          }),
        },
        requestState: await state.mint({ name }),
      });
    },
  );
}
