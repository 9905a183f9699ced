// Preloaded into the app. V8 lets garbage grow to several times what is alive before it looks for it, which on a machine that also runs a model and a
// database is memory taken from them. From here on it looks whenever the old part of the heap has grown by this share of what was alive.
import v8 from "node:v8";

const growingPercent = 30;
v8.setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
