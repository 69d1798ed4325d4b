// Builds the desk's scripts into crates/desk/bundle, where the program takes them in. `node build.mjs --check` compares instead.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const out = (name) => fileURLToPath(new URL(`../crates/desk/bundle/${name}`, import.meta.url));
/** What the editor may weigh, gzip. */
const LIMIT_BYTES = 250_000;

/** The site's CSP knows one Trusted Types policy, `wireroom`. ProseMirror makes one of its own for pasted HTML, which it only parses in a dead document. */
const onePolicy = {
  name: "one-policy",
  setup(build) {
    build.onLoad({ filter: /prosemirror-view\/dist\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const own = 'trustedTypes.createPolicy("ProseMirrorClipboard"';
      if (!text.includes(own)) throw new Error("prosemirror-view makes its policy elsewhere now");
      return { contents: text.replace(own, 'trustedTypes.createPolicy("wireroom"'), loader: "js" };
    });
  },
};

let wrong = 0;
for (const name of ["desk", "editor", "rooms"]) {
  const built = await build({
    entryPoints: [fileURLToPath(new URL(`src/${name}.ts`, import.meta.url))],
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", write: false, plugins: [onePolicy],
  });
  const bytes = Buffer.from(built.outputFiles[0].contents);
  const weight = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}.js ${bytes.length} bytes, ${weight} gzip`);
  if (weight > LIMIT_BYTES) { console.error(`${name}.js is heavier than ${LIMIT_BYTES} bytes`); wrong = 1; }
  if (!process.argv.includes("--check")) await writeFile(out(`${name}.js`), bytes);
  else if (!bytes.equals(await readFile(out(`${name}.js`)))) { console.error(`crates/desk/bundle/${name}.js is not what web/src makes; run npm run build in web`); wrong = 1; }
}
process.exit(wrong);
