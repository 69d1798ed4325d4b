// Every page of the desk.
import { listen } from "./keys";
import { start } from "./queue";
import { fill } from "./forms";

listen();
fill();
if (document.querySelector("[data-live-part]")) start();
