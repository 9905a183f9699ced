/** The exit status that tells the start script that starting again would end the same way: a person has to put something right. */
export const startRefusedStatus = 78;

/** Why the app does not start, in words for whoever runs it. */
export class StartRefusal extends Error {}
