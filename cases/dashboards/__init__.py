"""The managers' face: pages made on the server, readable without a script."""
