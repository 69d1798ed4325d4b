// The theme's scripts start here. Every part looks for its own place in the page and does nothing without it.
import { follow } from "./live.js";
import { startNewsfeed } from "./newsfeed.js";
import { startChats } from "./chats.js";
import { startCoverage } from "./coverage.js";
import { startMe } from "./me.js";
import { startReading } from "./reading.js";
import { startFlashBar } from "./flash.js";
import { startAppearance, startClock } from "./theme.js";
import { startShare, startPasswords, startShortcuts } from "./touches.js";

startMe();
startAppearance();
startClock();
startShare();
startPasswords();
startShortcuts();
const live = follow();
startFlashBar(live);
startNewsfeed(live);
startCoverage(live);
startChats(live);
startReading();
// Only two pages speak with a device.
if (document.querySelector("[data-passkey-add], [data-passkey-sign-in]")) import("./passkey.js").then((it) => it.startPasskeys());
