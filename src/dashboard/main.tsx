/** Begins the page. */
import "./style.css";
import { render } from "preact";
import { startAlarms } from "./alarms.ts";
import { App } from "./app.tsx";
import { readSettings } from "./asked.ts";
import { startKeys } from "./keys.tsx";
import { startListening } from "./live.ts";
import { startTheme } from "./theme.ts";

startTheme();
startListening();
startKeys();
startAlarms();
void readSettings();
const root = document.getElementById("page")!;
root.replaceChildren();
render(<App />, root);
