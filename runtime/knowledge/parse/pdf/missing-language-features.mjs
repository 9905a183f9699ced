// What the PDF library takes for granted and Node 20 has not yet: the features of the language and of the web that came between Node 20
// and 22, all of them rather than those that were met, since one that lacks fails a page in silence. Each is added only where it is missing, and
// only in the process that reads documents. To be loaded before the PDF library. The whole of core-js would also replace what works, and
// make every list slower.
import "core-js/es/array/from-async.js";
import "core-js/es/array-buffer/index.js";
import "core-js/es/iterator/index.js";
import "core-js/es/map/group-by.js";
import "core-js/es/object/group-by.js";
import "core-js/es/promise/index.js";
import "core-js/es/set/index.js";
import "core-js/stable/url/parse.js";
