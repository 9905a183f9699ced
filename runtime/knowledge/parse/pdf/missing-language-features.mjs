// What the PDF library takes for granted and Node 20 has not yet. Each is added only where it is missing, by a library that keeps to
// the standard, and only in the process that reads documents. To be loaded before the PDF library.
import "core-js/stable/iterator/index.js";
import "core-js/stable/promise/try.js";
import "core-js/stable/promise/with-resolvers.js";
import "core-js/stable/set/index.js";
import "core-js/stable/typed-array/to-base64.js";
import "core-js/stable/typed-array/to-hex.js";
import "core-js/stable/url/parse.js";
