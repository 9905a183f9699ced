// What the PDF library takes for granted and Node 20 has not yet: all of the language's newer features rather than a list of those
// that were met, since one that lacks fails a page in silence. Each is added only where it is missing, and only in the process that
// reads documents. To be loaded before the PDF library.
import "core-js/es/index.js";
import "core-js/stable/url/parse.js";
