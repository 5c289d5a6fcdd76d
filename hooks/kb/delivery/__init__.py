"""The built site without a network: service worker, USB stick."""
