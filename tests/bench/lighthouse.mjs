// Lighthouse on the pages that matter, mobile, in the distribution's Chromium: `node lighthouse.mjs ADDRESS`.
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const PAGES = {
  home: "",
  card: "causes/credit-disabled/",
  result: "ask/huabei/before.x/opened.closed/screen.unsupported/",
  codes: "codes/",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  chromeFlags: [
    "--headless",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
  ],
});
for (const [name, path] of Object.entries(PAGES)) {
  const { lhr } = await lighthouse(process.argv[2] + path, { port: chrome.port, onlyCategories: CATEGORIES });
  const scores = CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100));
  const faults = Object.values(lhr.audits).filter(
    (audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative",
  );
  console.log(`| ${name} | ${scores.join(" | ")} | ${faults.map((audit) => audit.id).join(" ")} |`);
}
await chrome.kill();
