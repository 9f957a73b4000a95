import type { Givens } from "../givens.ts";

export const givens: Givens = {
  begin: {
    why: "the first list of what he has is of his escape pod; before he had left all fighters on his planet, and his shields had gone in a minefield",
    is: { "ship's type": "Merchant Cruiser", holds: 75, fighters: 0, shields: 0, scanner: "Holo" },
  },
};
