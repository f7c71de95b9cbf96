"""Words that oblige, allow or forbid."""

MUST = frozenset(("must", "shall", "will"))
MAY = frozenset(("may", "can", "might", "could"))
NEGATIONS = frozenset(("not", "never", "no", "cannot", "can't", "don't", "mustn't"))
