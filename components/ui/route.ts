import type { Route } from "next";

/** An address that arrives as data (a query's link, a built URL), for the router's typed parameters. */
export function toRoute(address: string): Route {
  return address as Route;
}
