// Takes from the process that reads documents what it does not need, after its own modules are loaded: the network, other processes and
// threads, native code. The process is started without leave to write and, where the machine can, in a network of its own; this holds where it
// cannot. What is taken cannot be given back: a module that is loaded later sees the same.
import childProcess from "node:child_process";
import cluster from "node:cluster";
import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import inspector from "node:inspector";
import module from "node:module";
import net from "node:net";
import tls from "node:tls";
import workerThreads from "node:worker_threads";

/** What is thrown tells who asks that it is not a fault of the network. */
class NotAllowed extends Error {
  code = "ERR_ACCESS_DENIED";
}

const refuse = (what) =>
  function refused() {
    throw new NotAllowed(`The process that reads documents may not use ${what}.`);
  };

const take = (owner, names, what) => {
  for (const name of names) {
    if (owner?.[name] === undefined) continue;
    Object.defineProperty(owner, name, { value: refuse(what), writable: false, configurable: false, enumerable: true });
  }
};

const callable = (owner) => Object.keys(owner).filter((name) => typeof owner[name] === "function");

export function confine() {
  const network = "the network";
  take(net.Socket.prototype, ["connect"], network);
  take(net.Server.prototype, ["listen"], network);
  take(net, ["connect", "createConnection", "createServer"], network);
  take(tls, ["connect", "createServer"], network);
  take(dgram, ["createSocket", "Socket"], network);
  take(http, ["request", "get", "createServer"], network);
  take(https, ["request", "get", "createServer"], network);
  take(http2, ["connect", "createServer", "createSecureServer"], network);
  take(dns.promises, callable(dns.promises), network);
  take(
    dns,
    callable(dns).filter((name) => !/^(?:get|set)/.test(name)),
    network,
  );
  take(globalThis, ["fetch", "WebSocket", "EventSource"], network);
  take(inspector, ["open"], network);
  take(childProcess, callable(childProcess), "other processes");
  take(cluster, ["fork"], "other processes");
  take(workerThreads, ["Worker"], "other threads");
  take(module, ["register"], "loaders of modules");
  take(process, ["dlopen", "binding", "_linkedBinding", "chdir"], "native code");
  module.syncBuiltinESMExports();
}
