"""Papers and case reports about disease in; validated, explainable linked data out."""

__version__ = "0.1.0"
