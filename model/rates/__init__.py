"""What a year of recorded disruptions costs: how often they happen, how long they last, and the price of a year."""
